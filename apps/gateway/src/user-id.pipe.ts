import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';
import { fieldsOf } from './fields-of.js';

const USER_ID = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,39}$/u;

/** Takes `{ userId }`. A shop would ask for a password here. */
@Injectable()
export class UserIdPipe implements PipeTransform<unknown, string> {
  transform(body: unknown): string {
    const { userId } = fieldsOf(body);
    if (typeof userId === 'string' && USER_ID.test(userId)) return userId;
    throw new BadRequestException('userId: 1 to 40 letters, digits, spaces and ". _ @ -", a letter or digit first.');
  }
}
