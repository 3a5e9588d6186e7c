import { byId, h, show } from './dom.mjs';
import { bytes, plural } from './words.mjs';

const SHOWN_COMMITS = 12;
const KIND_IN_WORDS = {
  snapshot: 'the whole session: it is small, or a new base was due',
  delta: null,
  end: 'the end of a session id',
};

/** Commits that this page has seen, of whichever node, by revision. */
export class Commits {
  #byRevision = new Map();

  add(entries) {
    this.#byRevision = new Map([...this.#byRevision, ...entries.map((entry) => [entry.revision, entry])]);
  }

  get newestFirst() {
    return [...this.#byRevision.values()].toSorted((a, b) => b.revision - a.revision);
  }
}

export function showCommits(commits) {
  const all = commits.newestFirst;
  show(
    byId('sum'),
    ...(all.length === 0
      ? [h('p', { class: 'empty' }, 'Nothing was stored yet: a session begins with its first change.')]
      : sum(all)),
  );
  show(byId('commits'), ...all.slice(0, SHOWN_COMMITS).map(commitItem));
}

function sum(all) {
  const sent = all.reduce((total, entry) => total + entry.sentBytes, 0);
  const whole = all.reduce((total, entry) => total + entry.fullSaveBytes, 0);
  const figure = (value, label) => h('div', null, h('strong', null, value), h('span', { class: 'quiet' }, label));
  return [
    figure(bytes(sent), `sent in ${plural(all.length, 'commit', 'commits')}`),
    figure(bytes(whole), 'if each had saved the whole session'),
  ];
}

function commitItem({ node, revision, kind, units, sentBytes, fullSaveBytes, difference }) {
  return h(
    'li',
    { class: `commit ${kind}`, 'data-revision': String(revision) },
    h(
      'p',
      { class: 'commit-head' },
      h('strong', null, node),
      h('span', { class: 'badge' }, kind),
      units > 1 ? h('span', { class: 'badge' }, `${units} requests in one`) : null,
      h('span', { class: 'quiet revision' }, `revision ${revision}`),
    ),
    KIND_IN_WORDS[kind] === null ? null : h('p', { class: 'quiet' }, KIND_IN_WORDS[kind]),
    bars(sentBytes, fullSaveBytes),
    difference === ''
      ? null
      : h(
          'pre',
          { class: 'difference', tabindex: '0', 'aria-label': 'What changed' },
          ...difference.split('\n').map(differenceLine),
        ),
  );
}

function bars(sentBytes, fullSaveBytes) {
  const most = Math.max(sentBytes, fullSaveBytes);
  const bar = (name, amount, label) => {
    const fill = h('span', { class: 'fill' });
    fill.style.inlineSize = `${Math.max(1, (100 * amount) / most)}%`;
    return [
      h('dt', null, label),
      h(
        'dd',
        { class: name },
        h('span', { class: 'track', 'aria-hidden': 'true' }, fill),
        h('span', { class: 'amount' }, bytes(amount)),
      ),
    ];
  };
  return h('dl', { class: 'bars' }, ...bar('sent', sentBytes, 'sent'), ...bar('whole', fullSaveBytes, 'full save'));
}

const SIGNS = { '=': 'set', '~': 'patched', '-': 'removed' };

function differenceLine(line) {
  return h('span', { class: SIGNS[line[0]] ?? '' }, `${line}\n`);
}
