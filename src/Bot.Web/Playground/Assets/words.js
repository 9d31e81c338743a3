// Completion of /pilot words in the message field: a combobox with a list, as the ARIA practices describe it.

const wordsOf = input => document.getElementById(input.getAttribute('aria-controls'));
const shownWords = list => [...list.children].filter(word => !word.hidden);

export function closeWords(input) {
  wordsOf(input).hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function offerWords(input) {
  const list = wordsOf(input);
  const typed = /^\/(?:p(?:i(?:l(?:o(?:t(?:\s+(\S*))?)?)?)?)?)?$/i.exec(input.value.trimStart());
  if (!typed) { closeWords(input); return; }
  const begun = (typed[1] ?? '').toLowerCase();
  for (const word of list.children) word.hidden = !word.dataset.word.startsWith(begun);
  const shown = shownWords(list);
  if (shown.length === 0) { closeWords(input); return; }
  list.hidden = false;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'true');
  select(input, typed[1] ? shown[0] : null);
}

function select(input, word) {
  for (const other of wordsOf(input).children) other.setAttribute('aria-selected', String(other === word));
  if (word) { input.setAttribute('aria-activedescendant', word.id); word.scrollIntoView({ block: 'nearest' }); }
  else input.removeAttribute('aria-activedescendant');
}

function take(input, word) {
  input.value = `/pilot ${word.dataset.word}${word.dataset.more ? ' ' : ''}`;
  closeWords(input);
  input.focus();
}

const isComposer = element => element.matches?.('[data-composer] input[type=text]');

document.addEventListener('input', event => { if (isComposer(event.target)) offerWords(event.target); });

document.addEventListener('keydown', event => {
  const input = event.target;
  if (!isComposer(input) || wordsOf(input).hidden) return;
  const shown = shownWords(wordsOf(input));
  const at = shown.findIndex(word => word.id === input.getAttribute('aria-activedescendant'));
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    select(input, shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length]);
  } else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0) {
    // A word typed in full is sent, not completed.
    if (event.key === 'Enter' && input.value.trim() === `/pilot ${shown[at].dataset.word}`) { closeWords(input); return; }
    event.preventDefault();
    take(input, shown[at]);
  } else if (event.key === 'Escape') {
    event.preventDefault();
    closeWords(input);
  }
});

document.addEventListener('mousedown', event => {
  const word = event.target.closest?.('.words [role=option]');
  if (!word) return;
  event.preventDefault();
  take(word.closest('form').querySelector('input[type=text]'), word);
});

document.addEventListener('focusout', event => { if (isComposer(event.target)) closeWords(event.target); });
