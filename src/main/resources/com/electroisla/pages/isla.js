// The moving parts that htmx does not have. Everything works without it; it is only less comfortable.
(() => {
    'use strict';

    const two = number => String(number).padStart(2, '0');

    // <span data-segundos="540">: so many seconds were left when the server wrote this; its clock counts, not the reader's.
    const begun = new WeakMap();
    const countdowns = () => document.querySelectorAll('[data-segundos]').forEach(shown => {
        if (!begun.has(shown)) {
            begun.set(shown, performance.now());
        }
        const left = Math.max(0, Math.ceil(Number(shown.dataset.segundos) - (performance.now() - begun.get(shown)) / 1000));
        const text = `${Math.floor(left / 60)}:${two(left % 60)}`;
        if (shown.textContent !== text) {
            shown.textContent = text;
        }
        shown.classList.toggle('urge', left <= 120);
        if (left === 0 && !shown.dataset.vencido) {
            shown.dataset.vencido = 'si';
            shown.dispatchEvent(new CustomEvent('vencido', {bubbles: true}));
        }
    });

    // <input type="checkbox" data-marca-todo="id">: ticks every box of that name.
    document.addEventListener('change', event => {
        const name = event.target.dataset ? event.target.dataset.marcaTodo : undefined;
        if (name) {
            document.querySelectorAll(`input[type=checkbox][name="${name}"]`).forEach(box => { box.checked = event.target.checked; });
        }
        if (event.target.dataset && 'envia' in event.target.dataset) {
            event.target.form.requestSubmit();
        }
    });

    // <form data-confirma="..."> and <button data-confirma="...">: asks first.
    document.addEventListener('submit', event => {
        const asks = event.submitter && event.submitter.dataset.confirma || event.target.dataset.confirma;
        if (asks && !window.confirm(asks)) {
            event.preventDefault();
            event.stopImmediatePropagation();
        }
    }, true);

    // A page that the browser kept and shows again is a new wish: its forms get keys of their own.
    window.addEventListener('pageshow', event => {
        if (event.persisted) {
            document.querySelectorAll('input[name=una_vez]').forEach(key => { key.value = key.value.slice(0, 16) + Math.random().toString(36).slice(2) + Date.now().toString(36); });
        }
    });

    document.addEventListener('htmx:responseError', () => document.body.classList.add('fallo'));
    document.addEventListener('htmx:sendError', () => document.body.classList.add('fallo'));
    document.addEventListener('htmx:afterRequest', event => {
        if (event.detail.successful) {
            document.body.classList.remove('fallo');
        }
    });

    countdowns();
    setInterval(countdowns, 500);
})();
