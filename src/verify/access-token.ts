import { inspect } from 'node:util';

const redacted = '[access token]';

/** An access token that shows itself only where it is asked to: neither logs, JSON nor string templates reveal it. */
export class AccessToken {
  readonly #value: string;

  public constructor(value: string) {
    this.#value = value;
  }

  public reveal(): string {
    return this.#value;
  }

  public toJSON(): string {
    return redacted;
  }

  public toString(): string {
    return redacted;
  }

  public [inspect.custom](): string {
    return redacted;
  }
}
