/** A request that the REST API refuses; the server turns it into `[{errorCode, message}]`. */
export class RestRefusal extends Error {
  public readonly status: number;
  public readonly errorCode: string;
  public readonly fields: readonly string[] | undefined;

  public constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.name = 'RestRefusal';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}
