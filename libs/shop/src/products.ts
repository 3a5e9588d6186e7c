/** Something to buy. What it costs is the cart service's business. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly about: string;
}

export const PRODUCTS: readonly Product[] = [
  { sku: 'kettle', name: 'Copper kettle', about: 'Whistles in G major' },
  { sku: 'teapot', name: 'Round teapot', about: 'Stoneware, holds a litre' },
  { sku: 'cup', name: 'Small cup', about: 'Thrown by hand, no two alike' },
  { sku: 'oolong', name: 'Oolong tea', about: 'High mountain, 100\u00a0g' },
];

export function findProduct(sku: string): Product | undefined {
  return PRODUCTS.find((product) => product.sku === sku);
}
