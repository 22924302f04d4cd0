/** Who decides, and in their own words why: what every entry of the audit begins with. */
export interface Actor {
  /** The name of the admin key. */
  readonly who: string;
  readonly why: string | undefined;
}
