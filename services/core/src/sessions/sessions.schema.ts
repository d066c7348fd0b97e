import Type from "typebox";

/** Random and in hexadecimal; anything else of sane length is simply unknown. */
export const Token = Type.String({ minLength: 1, maxLength: 512 });

export const Credentials = Type.Object({
  username: Type.String({
    minLength: 1,
    maxLength: 254,
    description: "Username, email or Google Workspace id.",
  }),
  password: Type.String({ minLength: 1, maxLength: 256 }),
});

export const RefreshToken = Type.Object({ refresh_token: Token });

const tokens = { access_token: Type.String(), refresh_token: Type.String() };

/** The tokens stand beside `data` as well: there the real API has them. */
export const TokensAnswer = Type.Object({
  success: Type.Literal(true),
  ...tokens,
  data: Type.Object(tokens),
});
