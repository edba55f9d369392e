/** Which of the two orgs an artifact belongs to. */
export type Side = 'server' | 'client';

/** A metadata component by type and full name, as package.xml names it. */
export type ComponentRef = { readonly type: string; readonly fullName: string };

/** A generated file in source format. */
export type Artifact = {
  readonly side: Side;
  /** Path with `/`, relative to `jwt/<connection>/<side>/main/default`, like `classes/ErpTokenProvider.cls`. */
  readonly path: string;
  readonly content: string;
  readonly component: ComponentRef;
};

/** An artifact that has not been made yet: names are known before the values that only an org can tell. */
export type ArtifactOutline = Omit<Artifact, 'content'>;
