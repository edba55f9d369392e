/** A callout that does not come about. `type` is the Apex exception that would be thrown. */
export class CalloutFault extends Error {
  public readonly type: string;

  public constructor(message: string, type = 'System.CalloutException') {
    super(message);
    this.name = 'CalloutFault';
    this.type = type;
  }
}
