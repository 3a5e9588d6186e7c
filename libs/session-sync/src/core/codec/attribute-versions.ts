/**
 * Turns the value of one version of an attribute into that of the next. The same value must always give the same
 * result: every node migrates for itself, and what differs between two nodes would look like a change.
 */
export type MigrationStep = { migrate(old: unknown): unknown }['migrate'];

/** Steps by the version they start from. */
export type AttributeMigrations = Readonly<Record<number, MigrationStep>>;

/** Under which version an attribute is stored, and how values of older ones become it. */
export interface AttributeVersions {
  readonly version: number;
  readonly migrate: AttributeMigrations;
}

/** The version of attributes that declare none; stored without a mark. */
export const FIRST_VERSION = 1;

/** Versions count the changes of a class that were deployed: more than this is a mistake. */
export const MAX_VERSION = 999_999;
