import { byId, h, shape, show } from './dom.mjs';

export function showProducts(products, add) {
  const item = ({ sku, name, about }) =>
    h(
      'li',
      { class: 'product' },
      shape(sku),
      h('div', null, h('h3', null, name), h('p', { class: 'quiet' }, about)),
      h('button', { type: 'button', 'aria-label': `Add ${name}`, onclick: () => add(sku) }, 'Add'),
    );
  show(byId('products'), ...products.map(item));
}

export function showGateways(gateways, choose) {
  const option = (gateway) =>
    h(
      'label',
      null,
      h('input', {
        type: 'radio',
        name: 'gateway',
        value: gateway.name,
        checked: gateway === gateways.chosen,
        onchange: () => choose(gateway),
      }),
      h('span', null, gateway.name),
    );
  show(byId('gateways'), h('legend', null, 'Ask'), ...gateways.list.map(option));
}

export function showAccount({ userId }, signOut) {
  const form = byId('account');
  if (userId !== null) {
    const out = h('button', { type: 'button', class: 'plain', onclick: signOut, 'data-focus': 'account' }, 'Sign out');
    show(form, h('p', null, 'Signed in as ', h('strong', { id: 'user' }, userId)), out);
    return;
  }
  const input = h('input', {
    name: 'userId',
    autocomplete: 'username',
    required: true,
    maxlength: '40',
    placeholder: 'Your name',
    'aria-label': 'Your name',
  });
  show(form, input, h('button', { type: 'submit', 'data-focus': 'account' }, 'Sign in'));
}
