// The page works without this file by ordinary links and form posts. With it, the same answers are fetched and put in place, so that
// nothing typed and no focus is lost while others talk.

import { closeWords } from './words.js';

const notice = () => document.getElementById('notice');
let posting = 0;
let again = false;

function say(text) {
  notice().textContent = text;
  if (text) setTimeout(() => { if (notice().textContent === text) notice().textContent = ''; }, 6000);
}

// --- Putting a fetched page in place -------------------------------------------------------------------------------------------------

/** Keeps the focus on what has the same id, or on the message that held it. */
function keepingFocus(area, change) {
  const held = document.activeElement;
  const inside = held !== area && area.contains(held);
  const message = inside ? held.closest('.message')?.id : null;
  change();
  if (inside && !document.contains(held)) {
    (document.getElementById(held.id) ?? document.getElementById(message))?.focus({ preventScroll: true });
  }
}

/** What the server sent for an element; the page itself adds marks to it that are no change. */
const sent = new WeakMap();
const narrow = () => matchMedia('(max-width: 860px)').matches;

function swapRegion(old, fresh) {
  const html = fresh.innerHTML;
  if ((sent.get(old) ?? old.innerHTML) === html) return;
  // Someone writes in here, and it is still about the same thing: only the log in it is brought up to date.
  if (old.dataset.key && old.dataset.key === fresh.dataset.key) return;
  const opened = [...old.querySelectorAll('details[open] > summary')].map(s => s.id);
  keepingFocus(old, () => {
    old.replaceChildren(...fresh.childNodes);
    if (fresh.dataset.key === undefined) delete old.dataset.key; else old.dataset.key = fresh.dataset.key;
    sent.set(old, html);
    for (const id of opened) document.getElementById(id)?.parentElement.setAttribute('open', '');
  });
}

/** Message by message: what is unchanged stays the very same element. */
function swapList(old, fresh) {
  if (old.dataset.list !== fresh.dataset.list) {
    // Another conversation: going there is news enough, its whole past is not to be read out.
    old.ariaLive = 'off';
    setTimeout(() => { old.ariaLive = 'polite'; }, 1000);
    keepingFocus(old, () => old.replaceChildren(...fresh.childNodes));
    old.dataset.list = fresh.dataset.list;
    old.parentElement.scrollTop = 0;
    return;
  }
  const had = new Map([...old.children].map(child => [child.id, child]));
  let at = old.firstElementChild;
  for (const child of [...fresh.children]) {
    const known = had.get(child.id);
    had.delete(child.id);
    const html = child.outerHTML;
    if (known && (sent.get(known) ?? known.outerHTML) !== html) {
      if (at === known) at = known.nextElementSibling;
      keepingFocus(known, () => known.replaceWith(child));
    } else if (known) {
      if (known === at) at = at.nextElementSibling; else old.insertBefore(known, at);
    } else {
      sent.set(child, html);
      child.classList.add('fresh');
      child.addEventListener('animationend', () => child.classList.remove('fresh'), { once: true });
      old.insertBefore(child, at);
    }
  }
  for (const gone of had.values()) gone.remove();
}

function swapSheet(old, fresh, isRefresh) {
  const [was, is] = [old.querySelector('dialog'), fresh.querySelector('dialog')];
  if (was && is && was.id === is.id && (isRefresh || was.dataset.revision === is.dataset.revision)) return;
  if (was?.open) was.close();
  old.replaceChildren(...fresh.childNodes);
  if (is) openSheet();
  else if (document.activeElement === document.body) document.getElementById(opener)?.focus({ preventScroll: true });
}

/** @param address Where the page now is; null for a refresh of where it is already. */
function place(html, address) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  if (!page.getElementById('log')) {
    say(page.querySelector('main')?.textContent.trim().replace(/\s+/g, ' ') || 'The playground could not answer that.');
    return false;
  }
  document.title = page.title;
  document.body.className = page.body.className;
  if (document.documentElement.dataset.events !== page.documentElement.dataset.events) {
    document.documentElement.dataset.events = page.documentElement.dataset.events;
    watch();
  }
  for (const region of document.querySelectorAll('[data-region]')) {
    const fresh = page.getElementById(region.id);
    if (region.id === 'sheet') swapSheet(region, fresh, address === null); else swapRegion(region, fresh);
  }
  for (const list of document.querySelectorAll('[data-list]')) {
    const fresh = page.getElementById(list.id);
    if (fresh) swapList(list, fresh);
  }
  for (const composer of document.querySelectorAll('[data-composer]')) {
    const fresh = page.getElementById(composer.id);
    if (fresh && fresh.dataset.composer !== composer.dataset.composer) composer.replaceWith(fresh);
    else if (fresh) syncHidden(composer, fresh);
  }
  if (address && address !== location.href) history.pushState(null, '', address);
  return true;
}

/** The composer stays while a thread opens beside it; what goes along with its post follows. */
function syncHidden(composer, fresh) {
  for (const field of composer.querySelectorAll('input[type=hidden]')) field.remove();
  composer.prepend(...fresh.querySelectorAll('input[type=hidden]'));
}

// --- Asking ------------------------------------------------------------------------------------------------------------------------------

async function ask(address, options) {
  const answer = await fetch(address, { credentials: 'same-origin', ...options });
  return { html: await answer.text(), address: answer.url, ok: answer.ok };
}

async function go(address) {
  try {
    const answer = await ask(address);
    if (place(answer.html, answer.address)) focusPane();
  } catch {
    say('The playground does not answer. Try again in a moment.');
  }
}

/** After going somewhere: where one writes; on a phone that would bring up its keyboard, so the title. */
function focusPane() {
  if (document.querySelector('dialog[open]')) return;
  const inThread = document.body.classList.contains('at-thread');
  const target = narrow() ? 'talk-title' : inThread ? 'answer' : 'say';
  document.getElementById(target)?.focus({ preventScroll: true });
}

async function refresh() {
  if (posting > 0) { again = true; return; }
  posting++;
  try {
    const asked = location.href;
    const answer = await ask(asked);
    if (asked === location.href) place(answer.html, null);
  } catch {
    // Out of reach: the event stream reconnects, and asks again when it has.
  } finally {
    done();
  }
}

function done() {
  posting--;
  if (posting === 0 && again) { again = false; refresh(); }
}

document.addEventListener('submit', async event => {
  const form = event.target;
  if (form.method !== 'post') return;
  event.preventDefault();
  const button = event.submitter;
  const body = new URLSearchParams(new FormData(form, button));
  if (form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  clearTimeout(pause);
  posting++;
  try {
    const answer = await ask(button?.getAttribute('formaction') ?? form.getAttribute('action'), { method: 'POST', body });
    if (place(answer.html, answer.ok ? answer.address : location.href) && answer.ok && form.dataset.composer) {
      const text = document.getElementById(form.id)?.querySelector('input[type=text]');
      if (text) { text.value = ''; closeWords(text); text.focus(); }
    }
  } catch {
    say('The playground does not answer. What you typed is still here; try again in a moment.');
  } finally {
    form.ariaBusy = null;
    done();
  }
});

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-go]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href);
});

window.addEventListener('popstate', () => go(location.href));

// --- Forms in a window -------------------------------------------------------------------------------------------------------------------

/** Where the focus was when the window opened: an element or the message around it. */
let opener = null;

function openSheet() {
  const dialog = document.querySelector('dialog.sheet');
  if (!dialog) return;
  const from = document.activeElement;
  if (from && from !== document.body && !dialog.contains(from)) opener = from.id || from.closest('[id]')?.id;
  dialog.close();
  dialog.showModal();
  dialog.querySelector('#errors')?.focus();
  dialog.addEventListener('cancel', event => {
    event.preventDefault();
    const close = dialog.querySelector('[data-close]');
    if (close instanceof HTMLAnchorElement) go(close.href); else close.form.requestSubmit(close);
  });
}

let kept = '';
let pause = 0;

/** What is typed so far goes to the bot, and the form stays open: after a pause, and when the page is left or hidden. */
function keepDraft() {
  clearTimeout(pause);
  const form = document.querySelector('dialog[open] form[data-draft]');
  if (!form || form.ariaBusy === 'true') return;
  const body = new URLSearchParams(new FormData(form));
  if (body.toString() === kept) return;
  kept = body.toString();
  fetch(form.dataset.draft, { method: 'POST', body, keepalive: true, credentials: 'same-origin' }).catch(() => { kept = ''; });
}

for (const leaving of ['beforeunload', 'pagehide']) window.addEventListener(leaving, keepDraft);
document.addEventListener('input', event => {
  if (!event.target.closest('form[data-draft]')) return;
  clearTimeout(pause);
  pause = setTimeout(keepDraft, 1500);
});

// --- Live ---------------------------------------------------------------------------------------------------------------------------------

let stream = null;

/** Only while it is looked at: a browser keeps six connections to a site, and one may be several people in several windows. */
function watch() {
  stream?.close();
  stream = null;
  if (document.hidden || !document.documentElement.dataset.events) return;
  stream = new EventSource(document.documentElement.dataset.events);
  stream.addEventListener('changed', refresh);
  let opened = false;
  stream.addEventListener('open', () => { if (opened) refresh(); opened = true; });
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) { keepDraft(); watch(); } else { watch(); refresh(); }
});

// The shown time goes on although nothing is said.
setInterval(() => { if (!document.hidden) refresh(); }, 30000);

openSheet();
watch();
if (!narrow()) focusPane();
