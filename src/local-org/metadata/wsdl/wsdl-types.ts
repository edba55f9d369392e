/**
 * The elements of the metadata types that a local org checks, as the Metadata API's WSDL has them. Taken from
 * `@salesforce/types`, and compared with it in a test. An element is `name:type`; `?` behind the name: may be left out,
 * `*`: any number. A type is a key of this table, a key of {@link wsdlEnums}, or string, number, boolean, Date or any.
 */
export const wsdlTypes: Readonly<Record<string, string>> = {
  ApexClass: 'apiVersion:number packageVersions*:PackageVersion status:ApexCodeUnitStatus',
  AuthProvParamFwdAllowlist: 'description?:string param:string',
  AuthProvider:
    'appleTeam?:string authorizeUrl?:string consumerKey?:string consumerSecret?:string controlPlane?:MuleSoftControlPlane customMetadataTypeRecord?:string defaultScopes?:string ecKey?:string errorUrl?:string executionUser?:string flow?:string flowDefaultAccount?:string flowDefaultProfile?:string friendlyName:string iconUrl?:string idTokenIssuer?:string includeOrgIdInIdentifier?:boolean isPkceEnabled?:boolean linkKickoffUrl?:string logoutUrl?:string oauthKickoffUrl?:string paramForwardAllowlist*:AuthProvParamFwdAllowlist plugin?:string portal?:string providerType:AuthProviderType registrationHandler?:string requireMfa?:boolean sendAccessTokenInHeader?:boolean sendClientCredentialsInHeader?:boolean sendSecretInApis?:boolean ssoKickoffUrl?:string tokenUrl?:string userInfoUrl?:string',
  CanvasMetadata:
    'accessMethod:string canvasOptions?:string canvasUrl:string lifecycleClass?:string locationOptions?:string samlInitiationMethod?:string',
  Certificate:
    'caSigned:boolean encryptedWithPlatformEncryption?:boolean expirationDate?:Date keySize?:number masterLabel:string privateKeyExportable?:boolean',
  ConnectedApp:
    'attributes*:ConnectedAppAttribute canvas?:CanvasMetadata canvasConfig?:ConnectedAppCanvasConfig contactEmail:string contactPhone?:string description?:string iconUrl?:string infoUrl?:string ipRanges*:ConnectedAppIpRange label:string logoUrl?:string mobileAppConfig?:ConnectedAppMobileDetailConfig mobileStartUrl?:string oauthConfig?:ConnectedAppOauthConfig oauthPolicy?:ConnectedAppOauthPolicy permissionSetName*:string plugin?:string profileName*:string samlConfig?:ConnectedAppSamlConfig sessionPolicy?:ConnectedAppSessionPolicy startUrl?:string',
  ConnectedAppAttribute: 'formula:string key:string',
  ConnectedAppCanvasConfig:
    'accessMethod:AccessMethod canvasUrl:string lifecycleClass?:string locations*:CanvasLocationOptions options*:CanvasOptions samlInitiationMethod?:SamlInitiationMethod',
  ConnectedAppIpRange: 'description?:string end:string start:string',
  ConnectedAppMobileDetailConfig:
    'applicationBinaryFile?:string applicationBinaryFileName?:string applicationBundleIdentifier?:string applicationFileLength?:number applicationIconFile?:string applicationIconFileName?:string applicationInstallUrl?:string devicePlatform:DevicePlatformType deviceType?:DeviceType minimumOsVersion?:string privateApp?:boolean version:string',
  ConnectedAppOauthAssetToken:
    'assetAudiences:string assetIncludeAttributes:boolean assetIncludeCustomPerms:boolean assetSigningCertId:string assetValidityPeriod:number',
  ConnectedAppOauthConfig:
    'assetTokenConfig?:ConnectedAppOauthAssetToken callbackUrl:string certificate?:string consumerKey?:string consumerSecret?:string idTokenConfig?:ConnectedAppOauthIdToken isAdminApproved?:boolean isClientCredentialEnabled?:boolean isCodeCredentialEnabled?:boolean isCodeCredentialPostOnly?:boolean isConsumerSecretOptional?:boolean isDPopEnabled?:boolean isDeviceFlowEnabled?:boolean isEnforceRefreshTokenTTL?:boolean isIntrospectAllTokens?:boolean isIpBindingEnabled?:boolean isNamedUserJwtEnabled?:boolean isPKImTLSEnabled?:boolean isPkceRequired?:boolean isRefreshTokenRotationEnabled?:boolean isSecretRequiredForRefreshToken?:boolean isSecretRequiredForTokenExchange?:boolean isTokenExchangeEnabled?:boolean oauthClientCredentialUser?:string scopes*:ConnectedAppOauthAccessScope singleLogoutUrl?:string',
  ConnectedAppOauthIdToken:
    'idTokenAudience?:string idTokenIncludeAttributes?:boolean idTokenIncludeCustomPerms?:boolean idTokenIncludeStandardClaims?:boolean idTokenValidity?:number',
  ConnectedAppOauthPolicy:
    'ipRelaxation:string isTokenExchangeFlowEnabled?:boolean refreshTokenPolicy:string singleLogoutUrl?:string',
  ConnectedAppSamlConfig:
    'acsUrl:string certificate?:string encryptionCertificate?:string encryptionType?:SamlEncryptionType entityUrl:string issuer?:string samlIdpSLOBindingEnum?:SamlIdpSLOBinding samlNameIdFormat?:SamlNameIdFormatType samlSigningAlgoType?:SamlSigningAlgoType samlSloUrl?:string samlSubjectCustomAttr?:string samlSubjectType:SamlSubjectType',
  ConnectedAppSessionPolicy: 'policyAction?:string sessionLevel?:string sessionTimeout?:number',
  ConnectedAppSettings:
    'enableAdminApprovedAppsOnly?:boolean enableAdminApprovedAppsOnlyForExternalUser?:boolean enableSkipUserProvisioningWizardWelcomePage?:boolean',
  CspTrustedSite:
    'canAccessCamera?:boolean canAccessMicrophone?:boolean context?:CspTrustedSiteContext description?:string endpointUrl:string isActive:boolean isApplicableToConnectSrc?:boolean isApplicableToFontSrc?:boolean isApplicableToFrameSrc?:boolean isApplicableToImgSrc?:boolean isApplicableToMediaSrc?:boolean isApplicableToStyleSrc?:boolean mobileExtension?:string',
  CustomMetadata: 'description?:string label?:string protected?:boolean values*:CustomMetadataValue',
  CustomMetadataValue: 'field:string value?:any',
  ExternalAppIdTokenConfig:
    'idTokenAudience?:string idTokenIncludeAttributes?:boolean idTokenIncludeCustomPermissions?:boolean idTokenIncludeStandardClaims?:boolean idTokenValidityInMinutes?:number',
  ExternalClientAppSettings:
    'enableClientSecretInRestApiAccess?:boolean enableConsumerSecretApiAccess?:boolean enablePackageEcaOauthFromDevOrg?:boolean',
  ExternalClientApplication:
    'contactEmail?:string contactPhone?:string description?:string distributionState?:ExtlClntAppDistState iconUrl?:string infoUrl?:string isProtected?:boolean label?:string logoUrl?:string managedType?:ExtlClntAppManagedType orgScopedExternalApp?:string',
  ExternalCredential:
    'authenticationProtocol:AuthenticationProtocol description?:string externalCredentialParameters*:ExternalCredentialParameter label:string',
  ExternalCredentialParameter:
    'authProvider?:string certificate?:string description?:string externalAuthIdentityProvider?:string parameterGroup?:string parameterName:string parameterType:ExternalCredentialParamType parameterValue?:string sequenceNumber?:number',
  ExtlClntAppConfigurablePolicies:
    'externalClientApplication:string isAttestPluginEnabled?:boolean isCanvasPluginEnabled?:boolean isEnabled:boolean isMobilePluginEnabled?:boolean isNotificationPluginEnabled?:boolean isOauthPluginEnabled?:boolean isPushPluginEnabled?:boolean isSamlPluginEnabled?:boolean label?:string startPage?:ExtlClntAppStartPage startUrl?:string',
  ExtlClntAppGlobalOauthSettings:
    'callbackUrl?:string certificate?:string consumerKey?:string consumerSecret?:string externalClientApplication:string idTokenConfig?:ExternalAppIdTokenConfig isClientCredentialsFlowEnabled?:boolean isCodeCredFlowEnabled?:boolean isCodeCredPostOnly?:boolean isConsumerSecretOptional?:boolean isDPopEnabled?:boolean isDeviceFlowEnabled?:boolean isEnforceRefreshTokenTTL?:boolean isIntrospectAllTokens?:boolean isMtlsEnabled?:boolean isNamedUserJwtEnabled?:boolean isPkceRequired?:boolean isRefreshTokenRotationEnabled?:boolean isSecretRequiredForRefreshToken?:boolean isSecretRequiredForTokenExchange?:boolean isTokenExchangeEnabled?:boolean label?:string shouldRotateConsumerKey?:boolean shouldRotateConsumerSecret?:boolean',
  ExtlClntAppOauthConfigurablePolicies:
    'apexHandler?:string clientCredentialsFlowUser?:string commaSeparatedCustomScopes?:string commaSeparatedPermissionSet?:string commaSeparatedProfile?:string customAttributes*:ExtlClntAppOauthPoliciesAttribute executeHandlerAs?:string externalClientApplication:string guestJwtSessionTimeoutType?:JWTSessionTimeoutType guestJwtTimeout?:number ipRelaxationPolicyType?:string isClientCredentialsFlowEnabled?:boolean isGuestCodeCredFlowEnabled?:boolean isTokenExchangeFlowEnabled?:boolean label?:string namedUserJwtSessionTimeoutType?:JWTSessionTimeoutType namedUserJwtTimeout?:number permittedUsersPolicyType?:PermittedUsersPolicyType policyAction?:PolicyAction refreshTokenPolicyType?:RefreshTokenPolicyType refreshTokenValidityPeriod?:number refreshTokenValidityUnit?:string requiredSessionLevel?:SessionSecurityLevel sessionTimeoutInMinutes?:number singleLogoutUrl?:string startUrl?:string',
  ExtlClntAppOauthIpRange: 'description?:string endIpAddress:string startIpAddress:string',
  ExtlClntAppOauthPoliciesAttribute: 'formula:string key:string',
  ExtlClntAppOauthSecuritySettings:
    'externalClientApplication:string label?:string tlsClientAuthCertParamType?:TlsClientAuthCertParamType tlsClientAuthCertParamValue?:string tokenIpRanges*:ExtlClntAppOauthSecurityTokenIpRange',
  ExtlClntAppOauthSecurityTokenIpRange: 'description?:string endIpAddress:string startIpAddress:string',
  ExtlClntAppOauthSettings:
    'areAttributesIncludedInAssetToken?:boolean areCustomPermsIncludedInAssetToken?:boolean assetTokenAudiences?:string assetTokenSigningCertificate?:string assetTokenValidity?:number clientAssertionCertificate?:string commaSeparatedCustomScopes?:string commaSeparatedOauthScopes?:string customAttributes*:ExtlClntAppOauthSettingsAttribute externalClientApplication:string isFirstPartyAppEnabled?:boolean label?:string oauthLink?:string singleLogoutUrl?:string trustedIpRanges*:ExtlClntAppOauthIpRange',
  ExtlClntAppOauthSettingsAttribute: 'formula:string key:string',
  IdentityProviderSettings: 'certificateName:string enableIdentityProvider:boolean',
  MetadataAiDescriptor: 'enrichedDescription:string',
  MetadataEnrichments: 'aiDescriptor?:MetadataAiDescriptor',
  NamedCredential:
    'allowMergeFieldsInBody?:boolean allowMergeFieldsInHeader?:boolean authProvider?:string authTokenEndpointUrl?:string awsAccessKey?:string awsAccessSecret?:string awsRegion?:string awsService?:string calloutStatus?:CalloutStatus certificate?:string description?:string endpoint?:string generateAuthorizationHeader?:boolean jwtAudience?:string jwtFormulaSubject?:string jwtIssuer?:string jwtSigningCertificate?:string jwtTextSubject?:string jwtValidityPeriodSeconds?:number label:string namedCredentialParameters*:NamedCredentialParameter namedCredentialType?:NamedCredentialType oauthRefreshToken?:string oauthScope?:string oauthToken?:string outboundNetworkConnection?:string password?:string principalType?:ExternalPrincipalType protocol?:AuthenticationProtocol username?:string',
  NamedCredentialParameter:
    'certificate?:string description?:string externalCredential?:string globalNamedPrincipalCredential?:boolean managedFeatureEnabledCallout?:boolean outboundNetworkConnection?:string parameterName:string parameterType:NamedCredentialParamType parameterValue?:string readOnlyNamedCredential?:boolean sequenceNumber?:number systemUserNamedCredential?:boolean',
  PackageVersion: 'majorNumber:number minorNumber:number namespace?:string packageId?:string',
  PermissionSet:
    'agentAccesses*:PermissionSetAgentAccess applicationVisibilities*:PermissionSetApplicationVisibility classAccesses*:PermissionSetApexClassAccess customMetadataTypeAccesses*:PermissionSetCustomMetadataTypeAccess customPermissions*:PermissionSetCustomPermissions customSettingAccesses*:PermissionSetCustomSettingAccess description?:string emailRoutingAddressAccesses*:PermissionSetEmailRoutingAddressAccess enrichments?:MetadataEnrichments externalCredentialPrincipalAccesses*:PermissionSetExternalCredentialPrincipalAccess externalDataSourceAccesses*:PermissionSetExternalDataSourceAccess fieldPermissions*:PermissionSetFieldPermissions flowAccesses*:PermissionSetFlowAccess genComputingSummaryDefAccesses*:PermissionSetGenComputingSummaryDefAccess hasActivationRequired?:boolean label:string license?:string objectPermissions*:PermissionSetObjectPermissions pageAccesses*:PermissionSetApexPageAccess recordTypeVisibilities*:PermissionSetRecordTypeVisibility servicePresenceStatusAccesses*:PermissionSetServicePresenceStatusAccess tabSettings*:PermissionSetTabSetting userPermissions*:PermissionSetUserPermission',
  PermissionSetAgentAccess: 'agentName:string enabled:boolean',
  PermissionSetApexClassAccess: 'apexClass:string enabled:boolean',
  PermissionSetApexPageAccess: 'apexPage:string enabled:boolean',
  PermissionSetApplicationVisibility: 'application:string visible:boolean',
  PermissionSetCustomMetadataTypeAccess: 'enabled:boolean name:string',
  PermissionSetCustomPermissions: 'enabled:boolean name:string',
  PermissionSetCustomSettingAccess: 'enabled:boolean name:string',
  PermissionSetEmailRoutingAddressAccess: 'enabled:boolean name:string',
  PermissionSetExternalCredentialPrincipalAccess: 'enabled:boolean externalCredentialPrincipal:string',
  PermissionSetExternalDataSourceAccess: 'enabled:boolean externalDataSource:string',
  PermissionSetFieldPermissions: 'editable:boolean field:string readable?:boolean',
  PermissionSetFlowAccess: 'enabled:boolean flow:string',
  PermissionSetGenComputingSummaryDefAccess: 'configName:string enabled:boolean',
  PermissionSetObjectPermissions:
    'allowCreate:boolean allowDelete:boolean allowEdit:boolean allowRead:boolean modifyAllRecords:boolean object:string viewAllFields?:boolean viewAllRecords:boolean',
  PermissionSetRecordTypeVisibility: 'recordType:string visible:boolean',
  PermissionSetServicePresenceStatusAccess: 'enabled:boolean servicePresenceStatus:string',
  PermissionSetTabSetting: 'tab:string visibility:PermissionSetTabVisibility',
  PermissionSetUserPermission: 'enabled:boolean name:string',
  RemoteSiteSetting: 'description?:string disableProtocolSecurity:boolean isActive:boolean url:string',
};

/** The values of the enumerations that the types use. */
export const wsdlEnums: Readonly<Record<string, string>> = {
  AccessMethod: 'Get Post',
  ApexCodeUnitStatus: 'Inactive Active Deleted',
  AuthProviderType:
    'Facebook Janrain Salesforce OpenIdConnect MicrosoftACS LinkedIn Twitter Google GitHub Custom Apple Evergreen Slack HubSpot Microsoft MuleSoft Bitbucket MuleSoftAnypointPlatform Confluence3LO CommerceCloudAccountManager',
  AuthenticationProtocol: 'NoAuthentication Oauth Password AwsSv4 Jwt JwtExchange Custom Basic',
  CalloutStatus: 'Enabled Disabled',
  CanvasLocationOptions:
    'None Chatter UserProfile Visualforce Aura Publisher ChatterFeed ServiceDesk OpenCTI AppLauncher MobileNav PageLayout',
  CanvasOptions: 'HideShare HideHeader PersonalEnabled',
  ConnectedAppOauthAccessScope:
    'Basic Api Web Full Chatter CustomApplications RefreshToken OpenID Profile Email Address Phone OfflineAccess CustomPermissions Wave Eclair Pardot Lightning Content CDPIngest CDPProfile CDPQuery Chatbot CDPSegment CDPIdentityResolution CDPCalculatedInsight ForgotPassword UserRegistration SFAP Interaction CDP EinsteinGPT PwdlessLogin MCP SCRT DataCloudUserClaims A2A CmdbDiscovery SemanticLayer',
  CspTrustedSiteContext: 'All LEX Communities FieldServiceMobileExtension LightningOut VisualForce',
  DevicePlatformType: 'ios android',
  DeviceType: 'phone tablet minitablet',
  ExternalCredentialParamType:
    'ExternalAuthIdentityProvider AuthProvider AuthProviderUrl AuthProviderUrlQueryParameter SigningCertificate AuthParameter NamedPrincipal PerUserPrincipal AwsStsPrincipal GlobalNamedPrincipal SystemUserPrincipal CustomPrincipal PrincipalIdentityAlias AuthHeader AuthProtocolVariant JwtBodyClaim JwtHeaderClaim CreatedByNamespace AdditionalRefreshStatusCode ManagedByFeature ManagedByComponent SfHttpRequestExtensionName',
  ExternalPrincipalType: 'Anonymous PerUser NamedUser NamedCustomPrincipal',
  ExtlClntAppDistState: 'Local Packaged Managed AutoInstalled',
  ExtlClntAppManagedType: 'Local Global',
  ExtlClntAppStartPage: 'None Custom OAuth SAML',
  JWTSessionTimeoutType: 'UserSession Custom',
  MuleSoftControlPlane: 'None US EU',
  NamedCredentialParamType:
    'Url HttpHeader ClientCertificate Authentication OutboundNetworkConnection AllowedManagedPackageNamespaces CreatedByNamespace CustomParameter StandardNamedCredentialType ManagedByFeature ManagedByComponent ConnectionStatus SfHttpRequestExtensionName NamedCredentialOptions ManagedByNamespace',
  NamedCredentialType: 'Legacy SecuredEndpoint PrivateEndpoint Standard',
  PermissionSetTabVisibility: 'None Available Visible',
  PermittedUsersPolicyType: 'AllSelfAuthorized AdminApprovedPreAuthorized',
  PolicyAction: 'Block RaiseSessionLevel StepUpMFA',
  RefreshTokenPolicyType: 'Infinite Zero SpecificLifetime SpecificInactivity',
  SamlEncryptionType: 'AES_128 AES_256 Triple_Des',
  SamlIdpSLOBinding: 'RedirectBinding PostBinding',
  SamlInitiationMethod: 'None IdpInitiated SpInitiated',
  SamlNameIdFormatType: 'Unspecified EmailAddress Persistent Transient',
  SamlSigningAlgoType: 'SHA1 SHA256',
  SamlSubjectType: 'Username FederationId UserId SpokeId CustomAttribute PersistentId',
  SessionSecurityLevel: 'LOW STANDARD HIGH_ASSURANCE',
  TlsClientAuthCertParamType:
    'tls_client_auth_subject_dn tls_client_auth_san_dns tls_client_auth_san_uri tls_client_auth_san_ip tls_client_auth_san_email tls_client_auth_san_spiffe',
};
