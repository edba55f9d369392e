import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { escapers } from './escape.js';

/** What a template may read: text, switches, and lists for `{{#each}}`. */
export type TemplateValue =
  string | boolean | readonly string[] | readonly Readonly<Record<string, string | boolean>>[];

export type TemplateValues = Readonly<Record<string, TemplateValue>>;

/** The folder is part of the package, next to `src` and `lib` alike. */
const templateFolder = new URL('../../templates/', import.meta.url);

// An instance of our own: nobody else's helpers, and no HTML escaping, which would corrupt Apex and base64.
const handlebars = Handlebars.create();
handlebars.registerHelper(escapers);
const compiled = new Map<string, Handlebars.TemplateDelegate<TemplateValues>>();

/**
 * Fills a template. `needs` names every value it reads; one that is missing is a `TypeError`, since Handlebars' strict
 * mode does not look inside `{{#if}}`.
 */
export function render(template: string, needs: readonly string[], values: TemplateValues): string {
  const missing = needs.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw new TypeError(`${template} needs ${missing.join(', ')}.`);
  return load(template)(Object.fromEntries(needs.map((name) => [name, values[name] ?? ''])));
}

function load(template: string): Handlebars.TemplateDelegate<TemplateValues> {
  const known = compiled.get(template);
  if (known) return known;
  const source = readFileSync(new URL(template, templateFolder), 'utf8');
  const fresh = handlebars.compile<TemplateValues>(source, {
    strict: true,
    noEscape: true,
    knownHelpers: Object.fromEntries(Object.keys(escapers).map((name) => [name, true])),
    knownHelpersOnly: true,
  });
  compiled.set(template, fresh);
  return fresh;
}
