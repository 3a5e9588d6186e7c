import { Gateways, Problem } from './api.mjs';
import { byId } from './dom.mjs';
import { showCart } from './view-cart.mjs';
import { Commits, showCommits } from './view-commits.mjs';
import { hideProblem, showProblem } from './view-problem.mjs';
import { showAccount, showGateways, showProducts } from './view-shop.mjs';
import { plural } from './words.mjs';

const RUSH_ADDITIONS = 60;

const shop = await fetch('/api/shop').then((response) => response.json());
const gateways = new Gateways(
  shop.gateways,
  shop.gateways.find(({ name }) => name === shop.node),
);
const commits = new Commits();
const cart = { add, remove };

gateways.onanswer = (node) => {
  byId('answered').textContent = `${node} answered`;
};

let latest = Promise.resolve();

/** Does what was asked for, one thing after the other, so that the page shows the last. */
function act(work) {
  latest = latest.then(() => perform(work));
  return latest;
}

/** When something fails, says so and offers to repeat it. */
async function perform(work) {
  document.body.setAttribute('aria-busy', 'true');
  try {
    await work();
    hideProblem();
    await refreshCommits();
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('broken', String(error), 0);
    showProblem(problem, () => act(work), gateways.others[0], choose);
  } finally {
    document.body.removeAttribute('aria-busy');
  }
}

function add(sku, quantity = 1) {
  return act(async () => showCart(await gateways.ask('POST', '/api/cart/lines', { sku, quantity }), cart));
}

function remove(id) {
  return act(async () => showCart(await gateways.ask('DELETE', `/api/cart/lines/${id}`), cart));
}

function priceCart() {
  return act(async () => showCart(await gateways.ask('POST', '/api/cart/price'), cart));
}

function visit() {
  return act(async () => showVisits((await gateways.ask('POST', '/api/visits')).visits));
}

function signIn(userId) {
  return act(async () => showSession(await gateways.ask('POST', '/api/session', { userId })));
}

function signOut() {
  return act(async () => {
    const { commits: last } = await gateways.ask('DELETE', '/api/session');
    commits.add(last);
    await refresh();
  });
}

function choose(gateway) {
  gateways.chosen = gateway;
  showGateways(gateways, choose);
  return act(refresh);
}

/** Many additions at once, every other one by another gateway; each is repeated until it is in. */
async function rush() {
  const button = byId('rush');
  button.disabled = true;
  await act(async () => {
    const ids = Array.from({ length: RUSH_ADDITIONS }, () => `rush-${crypto.randomUUID()}`);
    // The first one begins the session, if there is none: it has no cookie to show.
    await addSurely(ids.pop(), gateways.chosen);
    await Promise.all(ids.map((id, index) => addSurely(id, gateways.list[index % gateways.list.length])));
    await refresh();
    for (const gateway of gateways.others) commits.add(await gateways.ask('GET', '/api/commits', undefined, gateway));
    byId('cart-count').textContent += `: all ${plural(RUSH_ADDITIONS, 'addition', 'additions')} are in`;
  });
  button.disabled = false;
}

async function addSurely(id, gateway, tries = 20) {
  try {
    await gateways.ask('PUT', `/api/cart/lines/${id}`, { sku: 'cup', quantity: 1 }, gateway);
  } catch (error) {
    if (tries === 0 || error.kind !== 'conflict') throw error;
    await addSurely(id, gateway, tries - 1);
  }
}

function showVisits(visits) {
  byId('visits').textContent = plural(visits, 'visit', 'visits');
}

function showSession(session) {
  showVisits(session.visits);
  showAccount(session, signOut);
}

async function refresh() {
  showSession(await gateways.ask('GET', '/api/session'));
  showCart(await gateways.ask('GET', '/api/cart'), cart);
}

async function refreshCommits() {
  commits.add(await gateways.ask('GET', '/api/commits'));
  showCommits(commits);
}

byId('account').addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn(new FormData(event.target).get('userId').trim());
});
byId('price').addEventListener('click', () => void priceCart());
byId('visit').addEventListener('click', () => void visit());
byId('rush').addEventListener('click', () => void rush());

showProducts(shop.products, add);
showGateways(gateways, choose);
await act(refresh);
