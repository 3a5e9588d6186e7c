export { Cart } from './cart.js';
export { CommitFeed, type CommitEntry } from './commit-feed.js';
export { Line } from './line.js';
export { CART_COMMITS, PRICE_CART, type PriceAnswer } from './messages.js';
export { endWithParent, tellParent } from './parent-process.js';
export { findProduct, PRODUCTS, type Product } from './products.js';
export { ShopSession } from './shop-session.js';
