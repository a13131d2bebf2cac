// What moves in the shop: badges and countdowns are kept right while the page is open. Without it a buyer reloads by hand.
(() => {
    'use strict';

    const shelf = document.querySelector('[data-vivo]');
    const hold = document.querySelector('[data-reserva]');
    const lost = document.querySelector('.sin-directo');

    // <form data-recuerda="ana">: when the hold runs out and the page reloads by itself, her delivery stays typed.
    const KEPT = 'entrega';
    const DELIVERY = ['direccion_entrega', 'telefono', 'notas', 'metodo_pago'];
    const paying = document.querySelector('form[data-recuerda]');
    const keepTyped = () => {
        if (paying) {
            const typed = {quien: paying.dataset.recuerda};
            DELIVERY.forEach(name => { typed[name] = paying.elements[name].value; });
            sessionStorage.setItem(KEPT, JSON.stringify(typed));
        }
    };
    const kept = paying && sessionStorage.getItem(KEPT);
    if (kept) {
        sessionStorage.removeItem(KEPT);
        const typed = JSON.parse(kept);
        if (typed.quien === paying.dataset.recuerda) {
            DELIVERY.forEach(name => { paying.elements[name].value = typed[name]; });
        }
    }

    // Once a form is on its way its answer counts; a page that reloaded meanwhile would lose it.
    let leaving = false;
    const again = () => {
        if (!leaving) {
            leaving = true;
            keepTyped();
            window.location.replace(hold.dataset.vuelve);
        }
    };

    // When the time is up the page asks the server what became of it: its clock counts.
    document.addEventListener('vencido', event => {
        if (event.target.closest('[data-reserva]')) {
            again();
        }
    });

    const badge = ({id, clase, texto, hay}) => {
        document.querySelectorAll(`[data-stock="${id}"]`).forEach(shown => {
            shown.textContent = texto;
            shown.className = `sello ${clase}`;
        });
        document.querySelectorAll(`[data-comprar="${id}"]`).forEach(button => { button.disabled = !hay; });
    };

    if (!shelf && !hold) {
        return;
    }
    const address = new URL('/vivo/', window.location.href);
    if (shelf) {
        address.searchParams.set('productos', shelf.dataset.vivo);
    }
    if (hold) {
        address.searchParams.set('reserva', 'true');
    }

    let stream = null;
    let retry = 0;
    const close = () => {
        clearTimeout(retry);
        if (stream) {
            stream.close();
            stream = null;
        }
    };
    const open = () => {
        close();
        stream = new EventSource(address);
        stream.addEventListener('existencias', event => badge(JSON.parse(event.data)));
        stream.addEventListener('reserva', event => {
            if ((event.data === 'viva') !== (hold.dataset.reserva === 'viva')) {
                again();
            }
        });
        // The first word after a loss has everything in it, so the page is right again.
        stream.addEventListener('latido', () => { lost.hidden = true; });
        stream.addEventListener('error', () => {
            lost.hidden = false;
            if (stream && stream.readyState === EventSource.CLOSED) {
                retry = setTimeout(open, 3000);
            }
        });
    };

    document.addEventListener('submit', () => {
        leaving = true;
        close();
    });

    // A browser allows six streams a host: a page that nobody sees gives its own back.
    document.addEventListener('visibilitychange', () => document.hidden || leaving ? close() : open());
    window.addEventListener('pagehide', close);
    if (!document.hidden) {
        open();
    }
})();
