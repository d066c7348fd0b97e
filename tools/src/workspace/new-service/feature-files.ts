import type { NewService } from "./new-service.ts";

/** One feature to copy from: a list for everybody, and adding for those with a permission. */
export function planFeatureFiles(service: NewService): Record<string, string> {
  return {
    "migrations/0001_notes.sql": migration,
    "src/notes/notes.routes.ts": formatRoutes(service),
    "src/notes/notes.schema.ts": schema,
    "src/notes/notes.repository.ts": repository,
  };
}

const migration = `-- kind: expand
create table notes (
  id integer generated always as identity primary key,
  text text not null,
  author_id integer not null,
  created_at timestamptz not null default now()
);
`;

function formatRoutes({ name }: NewService): string {
  return `import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { expectPermission, loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok, okPage } from "@myaegee/service-kit";
import type { FastifyRequest } from "fastify";

import type { Deps } from "../deps.ts";
import { insertNote, listNotes } from "./notes.repository.ts";
import { NewNote, Note, NotesQuery } from "./notes.schema.ts";

/** Who holds this globally adds notes. */
const managePermission = "manage:${name}";

export const notesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  app.addHook("onRequest", loggedIn);

  app.get(
    "/notes",
    { schema: { querystring: NotesQuery, response: responses(SuccessPage(Note)) } },
    async ({ query }) => {
      const { rows, count } = await listNotes(db, query);
      return okPage(rows, count, query);
    },
  );

  app.post(
    "/notes",
    {
      onRequest: onlyManagers,
      schema: { body: NewNote, response: responses(Success(Note)) },
    },
    async (request) => {
      const { user } = await requireUser(request);
      return ok(await insertNote(db, request.body, user.id));
    },
  );
};

/** For \`onRequest\`: 403 for everybody else, before their body is read. */
async function onlyManagers(request: FastifyRequest): Promise<void> {
  expectPermission(await requireUser(request), managePermission);
}
`;
}

const schema = `import { pageQuery } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

export const NewNote = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 1000, pattern: "\\\\S" }) },
  { additionalProperties: false },
);

export const Note = Type.Object({
  id: Type.Integer(),
  text: Type.String(),
  author_id: Type.Integer(),
  created_at: Type.String(),
});

export const NotesQuery = Type.Object(pageQuery());

export type NewNote = Static<typeof NewNote>;
export type Note = Static<typeof Note>;
`;

const repository = `import type { Page } from "@myaegee/service-kit";
import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import type { NewNote, Note } from "./notes.schema.ts";

/** Newest first. */
export async function listNotes(
  db: Kysely<Tables>,
  { limit, offset }: Page,
): Promise<{ rows: Note[]; count: number }> {
  const [rows, total] = await Promise.all([
    db.selectFrom("notes").selectAll().orderBy("id", "desc").limit(limit).offset(offset).execute(),
    db
      .selectFrom("notes")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow(),
  ]);
  return { rows, count: total.count };
}

export async function insertNote(
  db: Kysely<Tables>,
  { text }: NewNote,
  authorId: number,
): Promise<Note> {
  return db
    .insertInto("notes")
    .values({ text, author_id: authorId })
    .returningAll()
    .executeTakeFirstOrThrow();
}
`;
