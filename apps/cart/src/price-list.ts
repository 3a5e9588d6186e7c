const CENTS_BY_SKU: ReadonlyMap<string, number> = new Map([
  ['kettle', 6900],
  ['teapot', 4250],
  ['cup', 1290],
  ['oolong', 1890],
]);

/** What one piece costs. */
export function unitCentsOf(sku: string): number {
  return CENTS_BY_SKU.get(sku) ?? 0;
}
