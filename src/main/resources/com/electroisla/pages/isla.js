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

    // <img data-dibujo="herramientas">: a picture that is broken or gone gives its place to the drawing of its kind.
    const drawn = picture => {
        const drawing = document.createElement('span');
        drawing.className = `dibujo ${picture.dataset.dibujo}`;
        picture.replaceWith(drawing);
    };
    document.addEventListener('error', event => {
        if (event.target instanceof HTMLImageElement && 'dibujo' in event.target.dataset) {
            drawn(event.target);
        }
    }, true);
    document.querySelectorAll('img[data-dibujo]').forEach(picture => {
        if (picture.complete && picture.naturalWidth === 0 && picture.currentSrc) {
            drawn(picture);
        }
    });

    // <form data-suelta>: pictures are dropped on it or chosen, and sent at once. What is too large for the server is made smaller first.
    const largest = 5 * 1024 * 1024;
    const smaller = async file => {
        if (file.size <= largest || !/^image\/(jpeg|png|webp)$/.test(file.type)) {
            return file;
        }
        try {
            const whole = await createImageBitmap(file, {imageOrientation: 'from-image'});
            const scale = Math.min(1, 2560 / Math.max(whole.width, whole.height));
            const canvas = document.createElement('canvas');
            canvas.width = Math.round(whole.width * scale);
            canvas.height = Math.round(whole.height * scale);
            const pen = canvas.getContext('2d');
            pen.fillStyle = '#fff';
            pen.fillRect(0, 0, canvas.width, canvas.height);
            pen.drawImage(whole, 0, 0, canvas.width, canvas.height);
            const made = await new Promise(done => { canvas.toBlob(done, 'image/jpeg', .85); });
            return made ? new File([made], file.name, {type: 'image/jpeg'}) : file;
        } catch (unreadable) {
            return file; // the server says what is wrong with it
        }
    };
    const send = async (form, files) => {
        form.classList.add('htmx-request');
        const all = new DataTransfer();
        for (const file of files) {
            all.items.add(await smaller(file));
        }
        form.querySelectorAll('input[type=file]').forEach((input, i) => { input.files = i ? new DataTransfer().files : all.files; });
        form.requestSubmit();
    };
    document.addEventListener('change', event => {
        const form = event.target.closest('[data-suelta]');
        if (form && event.target.type === 'file' && event.target.files.length) {
            send(form, [...event.target.files]);
        }
    });

    // <ol data-orden> of <li data-foto>: a picture is dragged to its place, and the form is sent with the new order.
    let dragged = null;
    document.addEventListener('dragstart', event => {
        dragged = event.target instanceof Element && event.target.matches('[data-orden] img') ? event.target.closest('li') : null;
        if (dragged) {
            event.dataTransfer.effectAllowed = 'move';
            dragged.classList.add('arrastrada');
        }
    });
    const near = (event, what) => event.target instanceof Element ? event.target.closest(what) : null;
    document.addEventListener('dragover', event => {
        const zone = near(event, '[data-suelta]');
        const over = near(event, '[data-foto]');
        if (dragged && over && over.parentElement === dragged.parentElement) {
            event.preventDefault();
            if (over !== dragged) {
                const box = over.getBoundingClientRect();
                over[event.clientY > box.top + box.height / 2 ? 'after' : 'before'](dragged);
            }
        } else if (!dragged && zone) {
            event.preventDefault();
            zone.classList.add('encima');
        }
    });
    document.addEventListener('dragleave', event => {
        const zone = near(event, '[data-suelta]');
        if (zone && !zone.contains(event.relatedTarget)) {
            zone.classList.remove('encima');
        }
    });
    document.addEventListener('drop', event => {
        const zone = near(event, '[data-suelta]');
        if (dragged) {
            event.preventDefault();
        } else if (zone && event.dataTransfer.files.length) {
            event.preventDefault();
            zone.classList.remove('encima');
            send(zone, [...event.dataTransfer.files]);
        }
    });
    document.addEventListener('dragend', () => {
        if (dragged) {
            const form = dragged.closest('form');
            dragged.classList.remove('arrastrada');
            dragged = null;
            const order = [...form.querySelectorAll('[name=orden]')].map(input => input.value).join();
            if (order !== form.elements.visto.value) {
                form.querySelector('#fotos-guarda').click(); // htmx would take a button that has the focus for the one that was pressed
            }
        }
    });

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
