import { z } from 'zod';
import { Config } from './schema.ts';

/** The JSON Schema of `holdfast.yml`, for editors: https://github.com/redhat-developer/yaml-language-server#using-inlined-schema */
export function configSchema(): object {
  return z.toJSONSchema(Config, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema, path }) => allowPlaceholders(jsonSchema, path),
  });
}

const placeholder = '|\\$\\{.+\\}';

/** A text may be a placeholder, whatever it has to look like; a name may not. Called more than once for what is optional. */
function allowPlaceholders(schema: z.core.JSONSchema.BaseSchema, path: readonly (string | number)[]): void {
  if (schema.pattern === undefined || path.includes('propertyNames')) return;
  if (!schema.pattern.endsWith(placeholder)) schema.pattern = `(${schema.pattern})${placeholder}`;
}
