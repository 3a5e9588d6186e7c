import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';
import { findProduct } from 'shop';
import { fieldsOf } from '../fields-of.js';

/** How many of what. */
export interface LineOrder {
  readonly sku: string;
  readonly quantity: number;
}

const MAX_QUANTITY = 99;

/** Takes `{ sku, quantity }`; a quantity below nothing takes away, none at all means one. */
@Injectable()
export class LineOrderPipe implements PipeTransform<unknown, LineOrder> {
  transform(body: unknown): LineOrder {
    const { sku, quantity = 1 } = fieldsOf(body);
    if (typeof sku !== 'string' || findProduct(sku) === undefined) {
      throw new BadRequestException(`sku: there is no product ${JSON.stringify(sku)}.`);
    }
    if (typeof quantity !== 'number' || !Number.isInteger(quantity) || Math.abs(quantity) > MAX_QUANTITY) {
      throw new BadRequestException(`quantity: a whole number from -${MAX_QUANTITY} to ${MAX_QUANTITY}.`);
    }
    return { sku, quantity };
  }
}
