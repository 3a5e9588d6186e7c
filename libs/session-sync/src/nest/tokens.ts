/** What was given to `forRoot` or came from the factory of `forRootAsync`, unchecked. */
export const GIVEN_OPTIONS = Symbol('nest-session-sync: options as given');

/** A running engine with what was started for it. Tests of this package replace it by one in memory. */
export const COMPOSITION = Symbol('nest-session-sync: composition');
