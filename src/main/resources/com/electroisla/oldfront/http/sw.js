// The old front end's service worker answers every navigation of its host from a page that it keeps. A browser that
// finds this one in its place drops what was kept, forgets the worker and opens its pages anew, from this server.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(leave()));

async function leave() {
    const kept = await caches.keys();
    await Promise.all(kept.map(name => caches.delete(name)));
    await self.registration.unregister();
    const pages = await self.clients.matchAll({type: 'window'});
    await Promise.allSettled(pages.map(page => page.navigate(page.url)));
}
