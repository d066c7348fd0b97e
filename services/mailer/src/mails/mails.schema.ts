import Type, { type Static } from "typebox";

export const TemplateInfo = Type.Object({
  name: Type.String(),
  required: Type.Array(Type.String()),
  parameters: Type.Unknown({ description: "JSON schema of the parameters." }),
});

export const RenderRequest = Type.Object({
  template: Type.String(),
  parameters: Type.Record(Type.String(), Type.Unknown()),
});

export const Rendered = Type.Object({ html: Type.String(), text: Type.String() });

export type Rendered = Static<typeof Rendered>;
