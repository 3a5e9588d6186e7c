import { BadRequestException, Injectable, type PipeTransform } from '@nestjs/common';

const LINE_ID = /^[A-Za-z0-9_-]{1,64}$/;

@Injectable()
export class LineIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (LINE_ID.test(id)) return id;
    throw new BadRequestException('the id of a line has 1 to 64 letters, digits, "_" and "-".');
  }
}
