import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ReadOnlySession, SessionState } from 'nest-session-sync';
import { CommitFeed, ShopSession, type CommitEntry } from 'shop';
import { UserIdPipe } from './user-id.pipe.js';

interface SessionView {
  readonly userId: string | null;
  readonly visits: number;
}

/** Who is here. Injects the session: a provider of its own for each request. */
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly session: SessionState<ShopSession>,
    private readonly commits: CommitFeed,
  ) {}

  @Get()
  @ReadOnlySession()
  show(): SessionView {
    return { userId: this.session.read('userId') ?? null, visits: this.session.read('visits') };
  }

  /** Signs in. The session keeps its data and gets a new id: one that somebody else may have planted is worth nothing. */
  @Post()
  @HttpCode(200)
  async signIn(@Body(UserIdPipe) userId: string): Promise<SessionView> {
    const keyBefore = this.session.key;
    this.session.set('userId', userId);
    await this.session.regenerate();
    this.commits.moved(keyBefore, this.session.key);
    return this.show();
  }

  /** Signs out: the session ends for good, on every node. */
  @Delete()
  async signOut(): Promise<{ readonly commits: readonly CommitEntry[] }> {
    const { key, isNew } = this.session;
    if (!isNew) await this.session.end();
    return { commits: this.commits.of(key).slice(-1) };
  }
}
