import { byId, h, show } from './dom.mjs';
import { plural, price } from './words.mjs';

const SHOWN_LINES = 6;

/** @param change what the buttons do: add(sku, quantity), remove(id) */
export function showCart({ lines, totalCents }, change) {
  byId('cart-count').textContent = lines.length === 0 ? '' : plural(lines.length, 'line', 'lines');
  byId('total').textContent = lines.length === 0 ? '–' : price(totalCents);
  byId('price').disabled = lines.length === 0;
  const isOpen = byId('lines').querySelector('details')?.open ?? false;
  show(byId('lines'), ...content(lines, change, isOpen));
}

function content(lines, change, isOpen) {
  if (lines.length === 0) return [h('p', { class: 'empty' }, 'Nothing in it yet. Take something off the shelf.')];
  const list = (some) => h('ul', { class: 'lines' }, ...some.map((line) => lineItem(line, change)));
  const rest = lines.slice(SHOWN_LINES);
  if (rest.length === 0) return [list(lines)];
  return [
    list(lines.slice(0, SHOWN_LINES)),
    h('details', { open: isOpen }, h('summary', null, `and ${plural(rest.length, 'line', 'lines')} more`), list(rest)),
  ];
}

function lineItem({ id, sku, name, quantity, unitCents }, change) {
  const button = (text, label, what, onclick, isDisabled = false) =>
    h(
      'button',
      {
        type: 'button',
        class: 'step',
        'aria-label': `${label} ${name}`,
        'data-focus': `${what}-${id}`,
        disabled: isDisabled,
        onclick,
      },
      text,
    );
  // Lines of the rush have ids of their own: they are removed, not counted up.
  const isCounted = id === sku;
  return h(
    'li',
    { class: 'line', 'data-line': id },
    h('span', { class: 'name' }, name),
    h(
      'span',
      { class: 'quantity' },
      isCounted ? button('−', 'One less of', 'less', () => change.add(sku, -1)) : null,
      h('output', { 'aria-label': `How many of ${name}` }, String(quantity)),
      isCounted ? button('+', 'One more of', 'more', () => change.add(sku, 1)) : null,
    ),
    h('span', { class: 'price' }, unitCents === null ? '–' : price(unitCents * quantity)),
    button('Remove', 'Remove', 'remove', () => change.remove(id)),
  );
}
