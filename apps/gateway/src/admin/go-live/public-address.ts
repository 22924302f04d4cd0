/** Where the check before going live calls. */
export interface FoundAddress {
  readonly url: string;
  /** `setting`: as Кошелёк has it. `listener`: of this process, without what stands before it. */
  readonly from: 'setting' | 'listener';
}

/**
 * The one address that the check calls: that of the installation, never one that a caller names, so that no one reaches
 * another system by it.
 */
export class PublicAddress {
  /**
   * @param ownListener the address of the public listener of this process, once it is open; undefined without one, or with a
   *   certificate, which is for another name
   */
  constructor(
    private readonly publicUrl: string | undefined,
    private readonly ownListener: () => string | undefined,
  ) {}

  find(): FoundAddress | undefined {
    if (this.publicUrl !== undefined) return { url: this.publicUrl, from: 'setting' };
    const url = this.ownListener();
    return url === undefined ? undefined : { url, from: 'listener' };
  }
}
