export { createSchemaCheck, readSchemaHead } from "./check-schema.ts";
export { createDatabase, type DatabaseOptions } from "./create-database.ts";
export {
  isCheckViolation,
  isForeignKeyViolation,
  isSerializationFailure,
  isUniqueViolation,
} from "./database-errors.ts";
export { migrate, type MigrateOptions } from "./migrate.ts";
export { readMigrations, type Migration } from "./read-migrations.ts";
export { formatSearchPattern } from "./search-pattern.ts";
export { lockKey, runSerializable, tryLockKey } from "./transactions.ts";
