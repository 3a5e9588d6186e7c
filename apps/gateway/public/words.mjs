const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const count = new Intl.NumberFormat('en');

/** Cents as money; a dash where the price isn't known yet. */
export const price = (cents) => (cents === null ? '–' : money.format(cents / 100));

export const bytes = (amount) => `${count.format(amount)} B`;

export const plural = (amount, one, many) => `${count.format(amount)} ${amount === 1 ? one : many}`;
