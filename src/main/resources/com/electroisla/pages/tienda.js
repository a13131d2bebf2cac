// What moves in the shop. Without it a buyer reloads the page by hand, and the countdown's end is told by the server.
(() => {
    'use strict';

    // When the time is up the page asks the server what became of it: its clock counts.
    document.addEventListener('vencido', event => {
        if (event.target.closest('[data-reserva]')) {
            window.location.replace(window.location.pathname);
        }
    });
})();
