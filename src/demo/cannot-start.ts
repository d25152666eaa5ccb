/** Why the demo cannot start, in a sentence that says what to do: whoever typed `npm start` reads it and no stack. */
export class CannotStart extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CannotStart'
  }
}
