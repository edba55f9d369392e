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

/** What only an org can tell, and client artifacts need. */
export type ServerFacts = {
  /** The app's consumer key (`iss`). */
  readonly consumerKey: string;
  /** Origin of the server org's My Domain: token endpoint and audience (design, decision 5). */
  readonly instanceUrl: string;
};
