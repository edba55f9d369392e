/**
 * The elements of the metadata types that a local org checks, as the Metadata API's WSDL has them. Taken from
 * `@salesforce/types`, and compared with it in a test. An element is `name:type`; `?` behind the name: may be left out,
 * `*`: any number. A type is a key of this table, a key of {@link wsdlEnums}, or string, number, boolean, Date or any.
 */
export const wsdlTypes: Readonly<Record<string, string>> = {
  ActionOverride:
    'actionName?:string comment?:string content?:string formFactor?:FormFactor skipRecordTypeSelect?:boolean type?:ActionOverrideType',
  ApexClass:
    'fullName?:string content?:string apiVersion:number packageVersions*:PackageVersion status:ApexCodeUnitStatus',
  ArticleTypeChannelDisplay: 'articleTypeTemplates*:ArticleTypeTemplate',
  ArticleTypeTemplate: 'channel:Channel page?:string template:Template',
  AuthProvParamFwdAllowlist: 'description?:string param:string',
  AuthProvider:
    'fullName?:string appleTeam?:string authorizeUrl?:string consumerKey?:string consumerSecret?:string controlPlane?:MuleSoftControlPlane customMetadataTypeRecord?:string defaultScopes?:string ecKey?:string errorUrl?:string executionUser?:string flow?:string flowDefaultAccount?:string flowDefaultProfile?:string friendlyName:string iconUrl?:string idTokenIssuer?:string includeOrgIdInIdentifier?:boolean isPkceEnabled?:boolean linkKickoffUrl?:string logoutUrl?:string oauthKickoffUrl?:string paramForwardAllowlist*:AuthProvParamFwdAllowlist plugin?:string portal?:string providerType:AuthProviderType registrationHandler?:string requireMfa?:boolean sendAccessTokenInHeader?:boolean sendClientCredentialsInHeader?:boolean sendSecretInApis?:boolean ssoKickoffUrl?:string tokenUrl?:string userInfoUrl?:string',
  BusinessProcess: 'fullName?:string description?:string isActive?:boolean values*:PicklistValue',
  CanvasMetadata:
    'fullName?:string accessMethod:string canvasOptions?:string canvasUrl:string lifecycleClass?:string locationOptions?:string samlInitiationMethod?:string',
  Certificate:
    'fullName?:string content?:string caSigned:boolean encryptedWithPlatformEncryption?:boolean expirationDate?:Date keySize?:number masterLabel:string privateKeyExportable?:boolean',
  CompactLayout: 'fullName?:string fields*:string label:string',
  ConnectedApp:
    'fullName?:string attributes*:ConnectedAppAttribute canvas?:CanvasMetadata canvasConfig?:ConnectedAppCanvasConfig contactEmail:string contactPhone?:string description?:string iconUrl?:string infoUrl?:string ipRanges*:ConnectedAppIpRange label:string logoUrl?:string mobileAppConfig?:ConnectedAppMobileDetailConfig mobileStartUrl?:string oauthConfig?:ConnectedAppOauthConfig oauthPolicy?:ConnectedAppOauthPolicy permissionSetName*:string plugin?:string profileName*:string samlConfig?:ConnectedAppSamlConfig sessionPolicy?:ConnectedAppSessionPolicy startUrl?:string',
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
    'fullName?:string enableAdminApprovedAppsOnly?:boolean enableAdminApprovedAppsOnlyForExternalUser?:boolean enableSkipUserProvisioningWizardWelcomePage?:boolean',
  CspTrustedSite:
    'fullName?:string canAccessCamera?:boolean canAccessMicrophone?:boolean context?:CspTrustedSiteContext description?:string endpointUrl:string isActive:boolean isApplicableToConnectSrc?:boolean isApplicableToFontSrc?:boolean isApplicableToFrameSrc?:boolean isApplicableToImgSrc?:boolean isApplicableToMediaSrc?:boolean isApplicableToStyleSrc?:boolean mobileExtension?:string',
  CustomField:
    'fullName?:string businessOwnerGroup?:string businessOwnerUser?:string businessStatus?:string caseSensitive?:boolean complianceGroup?:string customDataType?:string defaultValue?:string deleteConstraint?:DeleteConstraint deprecated?:boolean description?:string displayFormat?:string elementType?:ElementType encryptionScheme?:EncryptionScheme escapeMarkup?:boolean externalDeveloperName?:string externalId?:boolean fieldManageability?:FieldManageability formula?:string formulaTreatBlanksAs?:TreatBlanksAs inlineHelpText?:string isAIPredictionField?:boolean isConvertLeadDisabled?:boolean isFilteringDisabled?:boolean isNameField?:boolean isSortingDisabled?:boolean label?:string length?:number lookupFilter?:LookupFilter maskChar?:EncryptedFieldMaskChar maskType?:EncryptedFieldMaskType metadataRelationshipControllingField?:string mktDataLakeFieldAttributes?:MktDataLakeFieldAttributes mktDataModelFieldAttributes?:MktDataModelFieldAttributes populateExistingRows?:boolean precision?:number referenceTargetField?:string referenceTo?:string relationshipLabel?:string relationshipName?:string relationshipOrder?:number reparentableMasterDetail?:boolean required?:boolean restrictedAdminField?:boolean scale?:number securityClassification?:string startingNumber?:number stripMarkup?:boolean summarizedField?:string summaryFilterItems*:FilterItem summaryForeignKey?:string summaryOperation?:SummaryOperations trackFeedHistory?:boolean trackHistory?:boolean trackTrending?:boolean translateData?:boolean type?:FieldType unique?:boolean valueSet?:ValueSet visibleLines?:number writeRequiresMasterRead?:boolean',
  CustomMetadata: 'fullName?:string description?:string label?:string protected?:boolean values*:CustomMetadataValue',
  CustomMetadataValue: 'field:string value?:any',
  CustomObject:
    'fullName?:string actionOverrides*:ActionOverride allowInChatterGroups?:boolean articleTypeChannelDisplay?:ArticleTypeChannelDisplay businessProcesses*:BusinessProcess compactLayoutAssignment?:string compactLayouts*:CompactLayout customHelp?:string customHelpPage?:string customSettingsType?:CustomSettingsType deploymentStatus?:DeploymentStatus deprecated?:boolean description?:string enableActivities?:boolean enableBulkApi?:boolean enableDataTranslation?:boolean enableDivisions?:boolean enableEnhancedLookup?:boolean enableFeeds?:boolean enableHistory?:boolean enableLicensing?:boolean enablePublishStatusTracking?:boolean enableReports?:boolean enableSearch?:boolean enableSharing?:boolean enableStreamingApi?:boolean enrichments?:MetadataEnrichments eventType?:PlatformEventType externalDataSource?:string externalName?:string externalRepository?:string externalSharingModel?:SharingModel fieldSets*:FieldSet fields*:CustomField gender?:Gender historyRetentionPolicy?:HistoryRetentionPolicy household?:boolean indexes*:Index label?:string listViews*:ListView marketingObjectIndexes*:MarketingObjectIndex mktDataLakeAttributes?:MktDataLakeAttributes mktDataModelAttributes?:MktDataModelAttributes nameField?:CustomField pluralLabel?:string profileSearchLayouts*:ProfileSearchLayouts publishBehavior?:PlatformEventPublishBehavior recordTypeTrackFeedHistory?:boolean recordTypeTrackHistory?:boolean recordTypes*:RecordType searchLayouts?:SearchLayouts sharingModel?:SharingModel sharingReasons*:SharingReason sharingRecalculations*:SharingRecalculation startsWith?:StartsWith validationRules*:ValidationRule visibility?:SetupObjectVisibility webLinks*:WebLink',
  CustomValue: 'fullName?:string color?:string default:boolean description?:string isActive?:boolean label?:string',
  ExternalAppIdTokenConfig:
    'idTokenAudience?:string idTokenIncludeAttributes?:boolean idTokenIncludeCustomPermissions?:boolean idTokenIncludeStandardClaims?:boolean idTokenValidityInMinutes?:number',
  ExternalClientAppSettings:
    'fullName?:string enableClientSecretInRestApiAccess?:boolean enableConsumerSecretApiAccess?:boolean enablePackageEcaOauthFromDevOrg?:boolean',
  ExternalClientApplication:
    'fullName?:string contactEmail?:string contactPhone?:string description?:string distributionState?:ExtlClntAppDistState iconUrl?:string infoUrl?:string isProtected?:boolean label?:string logoUrl?:string managedType?:ExtlClntAppManagedType orgScopedExternalApp?:string',
  ExternalCredential:
    'fullName?:string authenticationProtocol:AuthenticationProtocol description?:string externalCredentialParameters*:ExternalCredentialParameter label:string',
  ExternalCredentialParameter:
    'authProvider?:string certificate?:string description?:string externalAuthIdentityProvider?:string parameterGroup?:string parameterName:string parameterType:ExternalCredentialParamType parameterValue?:string sequenceNumber?:number',
  ExtlClntAppConfigurablePolicies:
    'fullName?:string externalClientApplication:string isAttestPluginEnabled?:boolean isCanvasPluginEnabled?:boolean isEnabled:boolean isMobilePluginEnabled?:boolean isNotificationPluginEnabled?:boolean isOauthPluginEnabled?:boolean isPushPluginEnabled?:boolean isSamlPluginEnabled?:boolean label?:string startPage?:ExtlClntAppStartPage startUrl?:string',
  ExtlClntAppGlobalOauthSettings:
    'fullName?:string callbackUrl?:string certificate?:string consumerKey?:string consumerSecret?:string externalClientApplication:string idTokenConfig?:ExternalAppIdTokenConfig isClientCredentialsFlowEnabled?:boolean isCodeCredFlowEnabled?:boolean isCodeCredPostOnly?:boolean isConsumerSecretOptional?:boolean isDPopEnabled?:boolean isDeviceFlowEnabled?:boolean isEnforceRefreshTokenTTL?:boolean isIntrospectAllTokens?:boolean isMtlsEnabled?:boolean isNamedUserJwtEnabled?:boolean isPkceRequired?:boolean isRefreshTokenRotationEnabled?:boolean isSecretRequiredForRefreshToken?:boolean isSecretRequiredForTokenExchange?:boolean isTokenExchangeEnabled?:boolean label?:string shouldRotateConsumerKey?:boolean shouldRotateConsumerSecret?:boolean',
  ExtlClntAppOauthConfigurablePolicies:
    'fullName?:string apexHandler?:string clientCredentialsFlowUser?:string commaSeparatedCustomScopes?:string commaSeparatedPermissionSet?:string commaSeparatedProfile?:string customAttributes*:ExtlClntAppOauthPoliciesAttribute executeHandlerAs?:string externalClientApplication:string guestJwtSessionTimeoutType?:JWTSessionTimeoutType guestJwtTimeout?:number ipRelaxationPolicyType?:string isClientCredentialsFlowEnabled?:boolean isGuestCodeCredFlowEnabled?:boolean isTokenExchangeFlowEnabled?:boolean label?:string namedUserJwtSessionTimeoutType?:JWTSessionTimeoutType namedUserJwtTimeout?:number permittedUsersPolicyType?:PermittedUsersPolicyType policyAction?:PolicyAction refreshTokenPolicyType?:RefreshTokenPolicyType refreshTokenValidityPeriod?:number refreshTokenValidityUnit?:string requiredSessionLevel?:SessionSecurityLevel sessionTimeoutInMinutes?:number singleLogoutUrl?:string startUrl?:string',
  ExtlClntAppOauthIpRange: 'description?:string endIpAddress:string startIpAddress:string',
  ExtlClntAppOauthPoliciesAttribute: 'formula:string key:string',
  ExtlClntAppOauthSecuritySettings:
    'fullName?:string externalClientApplication:string label?:string tlsClientAuthCertParamType?:TlsClientAuthCertParamType tlsClientAuthCertParamValue?:string tokenIpRanges*:ExtlClntAppOauthSecurityTokenIpRange',
  ExtlClntAppOauthSecurityTokenIpRange: 'description?:string endIpAddress:string startIpAddress:string',
  ExtlClntAppOauthSettings:
    'fullName?:string areAttributesIncludedInAssetToken?:boolean areCustomPermsIncludedInAssetToken?:boolean assetTokenAudiences?:string assetTokenSigningCertificate?:string assetTokenValidity?:number clientAssertionCertificate?:string commaSeparatedCustomScopes?:string commaSeparatedOauthScopes?:string customAttributes*:ExtlClntAppOauthSettingsAttribute externalClientApplication:string isFirstPartyAppEnabled?:boolean label?:string oauthLink?:string singleLogoutUrl?:string trustedIpRanges*:ExtlClntAppOauthIpRange',
  ExtlClntAppOauthSettingsAttribute: 'formula:string key:string',
  FieldSet:
    'fullName?:string availableFields*:FieldSetItem description:string displayedFields*:FieldSetItem label:string',
  FieldSetItem: 'alternativeDisplayFormat?:string field?:string isFieldManaged?:boolean isRequired?:boolean',
  FilterItem: 'field:string operation:FilterOperation value?:string valueField?:string',
  HistoryRetentionPolicy: 'archiveAfterMonths:number archiveRetentionYears:number description?:string',
  IdentityProviderSettings: 'fullName?:string certificateName:string enableIdentityProvider:boolean',
  Index: 'fullName?:string fields*:IndexField label:string',
  IndexField: 'name:string sortDirection:string',
  ListView:
    'fullName?:string booleanFilter?:string columns*:string division?:string filterScope:FilterScope filters*:ListViewFilter label:string language?:Language queue?:string sharedTo?:SharedTo',
  ListViewFilter: 'field:string operation:FilterOperation value?:string',
  LookupFilter:
    'active:boolean booleanFilter?:string description?:string errorMessage?:string filterItems*:FilterItem infoMessage?:string isOptional:boolean',
  MarketingObjectIndex: 'fields*:MarketingObjectIndexField isPrimary:boolean isUnique:boolean label:string',
  MarketingObjectIndexField: 'name:string ordinal:number sortDirection?:string',
  MetadataAiDescriptor: 'enrichedDescription:string',
  MetadataEnrichments: 'aiDescriptor?:MetadataAiDescriptor',
  MktDataLakeAttributes: 'creationType?:DefinitionCreationType isEnabled?:boolean objectCategory?:string',
  MktDataLakeFieldAttributes:
    'dateFormat?:string definitionCreationType?:DefinitionCreationType externalName?:string isEventDate?:boolean isInternalOrganization?:boolean isRecordModified?:boolean keyQualifierName?:string mktDatalakeSrcKeyQualifier?:string primaryIndexOrder?:number usageTag?:UsageTag',
  MktDataModelAttributes:
    'creationType?:DefinitionCreationType dataModelTaxonomy?:string dataSpaceName?:string dataSpacePrefix?:string description?:string isEnabled?:boolean isSegmentable?:boolean isSqlDmo?:boolean isUsedForMetrics?:boolean labelOverride?:string masterLabel?:string objectCategory?:string referenceEntityGroup?:string referenceEntityName?:string referenceEntitySubjectArea?:string',
  MktDataModelFieldAttributes:
    'definitionCreationType?:DefinitionCreationType invalidMergeActionType?:InvalidMergeActionType isDynamicLookup?:boolean keyQualifierName?:string labelOverride?:string mappingAlertType?:MappingAlertType masterLabel?:string primaryIndexOrder?:number refAttrDeveloperName?:string usageTag?:MktDataModelFieldUsageTag',
  NamedCredential:
    'fullName?:string allowMergeFieldsInBody?:boolean allowMergeFieldsInHeader?:boolean authProvider?:string authTokenEndpointUrl?:string awsAccessKey?:string awsAccessSecret?:string awsRegion?:string awsService?:string calloutStatus?:CalloutStatus certificate?:string description?:string endpoint?:string generateAuthorizationHeader?:boolean jwtAudience?:string jwtFormulaSubject?:string jwtIssuer?:string jwtSigningCertificate?:string jwtTextSubject?:string jwtValidityPeriodSeconds?:number label:string namedCredentialParameters*:NamedCredentialParameter namedCredentialType?:NamedCredentialType oauthRefreshToken?:string oauthScope?:string oauthToken?:string outboundNetworkConnection?:string password?:string principalType?:ExternalPrincipalType protocol?:AuthenticationProtocol username?:string',
  NamedCredentialParameter:
    'certificate?:string description?:string externalCredential?:string globalNamedPrincipalCredential?:boolean managedFeatureEnabledCallout?:boolean outboundNetworkConnection?:string parameterName:string parameterType:NamedCredentialParamType parameterValue?:string readOnlyNamedCredential?:boolean sequenceNumber?:number systemUserNamedCredential?:boolean',
  PackageVersion: 'majorNumber:number minorNumber:number namespace?:string packageId?:string',
  PermissionSet:
    'fullName?:string agentAccesses*:PermissionSetAgentAccess applicationVisibilities*:PermissionSetApplicationVisibility classAccesses*:PermissionSetApexClassAccess customMetadataTypeAccesses*:PermissionSetCustomMetadataTypeAccess customPermissions*:PermissionSetCustomPermissions customSettingAccesses*:PermissionSetCustomSettingAccess description?:string emailRoutingAddressAccesses*:PermissionSetEmailRoutingAddressAccess enrichments?:MetadataEnrichments externalCredentialPrincipalAccesses*:PermissionSetExternalCredentialPrincipalAccess externalDataSourceAccesses*:PermissionSetExternalDataSourceAccess fieldPermissions*:PermissionSetFieldPermissions flowAccesses*:PermissionSetFlowAccess genComputingSummaryDefAccesses*:PermissionSetGenComputingSummaryDefAccess hasActivationRequired?:boolean label:string license?:string objectPermissions*:PermissionSetObjectPermissions pageAccesses*:PermissionSetApexPageAccess recordTypeVisibilities*:PermissionSetRecordTypeVisibility servicePresenceStatusAccesses*:PermissionSetServicePresenceStatusAccess tabSettings*:PermissionSetTabSetting userPermissions*:PermissionSetUserPermission',
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
  PicklistValue:
    'fullName?:string color?:string default:boolean description?:string isActive?:boolean allowEmail?:boolean closed?:boolean controllingFieldValues*:string converted?:boolean cssExposed?:boolean forecastCategory?:ForecastCategories highPriority?:boolean probability?:number reverseRole?:string reviewed?:boolean won?:boolean',
  PlatformCachePartition:
    'fullName?:string description?:string isDefaultPartition:boolean masterLabel:string platformCachePartitionTypes*:PlatformCachePartitionType',
  PlatformCachePartitionType:
    'allocatedCapacity:number allocatedPartnerCapacity:number allocatedPurchasedCapacity:number allocatedTrialCapacity:number cacheType:PlatformCacheType',
  ProfileSearchLayouts: 'fields*:string profileName?:string',
  RecordType:
    'fullName?:string active:boolean businessProcess?:string compactLayoutAssignment?:string description?:string label:string picklistValues*:RecordTypePicklistValue',
  RecordTypePicklistValue: 'picklist:string values*:PicklistValue',
  RemoteSiteSetting: 'fullName?:string description?:string disableProtocolSecurity:boolean isActive:boolean url:string',
  SearchLayouts:
    'customTabListAdditionalFields*:string excludedStandardButtons*:string listViewButtons*:string lookupDialogsAdditionalFields*:string lookupFilterFields*:string lookupPhoneDialogsAdditionalFields*:string massQuickActions*:string searchFilterFields*:string searchResultsAdditionalFields*:string searchResultsCustomButtons*:string',
  SharedTo:
    'allCustomerPortalUsers?:string allInternalUsers?:string allPartnerUsers?:string allRestrictedEmployeeUsers?:string channelProgramGroup*:string channelProgramGroups*:string group*:string groups*:string guestUser*:string managerSubordinates*:string managers*:string portalRole*:string portalRoleAndSubordinates*:string queue*:string role*:string roleAndSubordinates*:string roleAndSubordinatesInternal*:string roles*:string rolesAndSubordinates*:string territories*:string territoriesAndSubordinates*:string territory*:string territoryAndSubordinates*:string',
  SharingReason: 'fullName?:string label:string',
  SharingRecalculation: 'className:string',
  ValidationRule:
    'fullName?:string active:boolean description?:string errorConditionFormula:string errorDisplayField?:string errorMessage:string',
  ValueSet:
    'controllingField?:string restricted?:boolean valueSetDefinition?:ValueSetValuesDefinition valueSetName?:string valueSettings*:ValueSettings',
  ValueSetValuesDefinition: 'sorted:boolean value*:CustomValue',
  ValueSettings: 'controllingFieldValue*:string valueName:string',
  WebLink:
    'fullName?:string availability:WebLinkAvailability description?:string displayType:WebLinkDisplayType encodingKey?:Encoding hasMenubar?:boolean hasScrollbars?:boolean hasToolbar?:boolean height?:number isResizable?:boolean linkType:WebLinkType masterLabel?:string openType:WebLinkWindowType page?:string position?:WebLinkPosition protected:boolean requireRowSelection?:boolean scontrol?:string showsLocation?:boolean showsStatus?:boolean url?:string width?:number',
};

/** The values of the enumerations that the types use. */
export const wsdlEnums: Readonly<Record<string, string>> = {
  AccessMethod: 'Get Post',
  ActionOverrideType: 'Default Standard Scontrol Visualforce Flexipage LightningComponent',
  ApexCodeUnitStatus: 'Inactive Active Deleted',
  AuthProviderType:
    'Facebook Janrain Salesforce OpenIdConnect MicrosoftACS LinkedIn Twitter Google GitHub Custom Apple Evergreen Slack HubSpot Microsoft MuleSoft Bitbucket MuleSoftAnypointPlatform Confluence3LO CommerceCloudAccountManager',
  AuthenticationProtocol: 'NoAuthentication Oauth Password AwsSv4 Jwt JwtExchange Custom Basic',
  CalloutStatus: 'Enabled Disabled',
  CanvasLocationOptions:
    'None Chatter UserProfile Visualforce Aura Publisher ChatterFeed ServiceDesk OpenCTI AppLauncher MobileNav PageLayout',
  CanvasOptions: 'HideShare HideHeader PersonalEnabled',
  Channel: 'AllChannels App Pkb Csp Prm',
  ConnectedAppOauthAccessScope:
    'Basic Api Web Full Chatter CustomApplications RefreshToken OpenID Profile Email Address Phone OfflineAccess CustomPermissions Wave Eclair Pardot Lightning Content CDPIngest CDPProfile CDPQuery Chatbot CDPSegment CDPIdentityResolution CDPCalculatedInsight ForgotPassword UserRegistration SFAP Interaction CDP EinsteinGPT PwdlessLogin MCP SCRT DataCloudUserClaims A2A CmdbDiscovery SemanticLayer',
  CspTrustedSiteContext: 'All LEX Communities FieldServiceMobileExtension LightningOut VisualForce',
  CustomSettingsType: 'List Hierarchy',
  DefinitionCreationType:
    'Standard Custom System Derived Bridge Curated Segment_Membership Calculated_Insight Ml_Prediction Activation_Audience CG_Audience Ad_Audience_Insights Transform ADG External Vector_Embedding Chunk Directory_Table Semantic Problem_Records Clean_Room Deletion_Records Auxiliary',
  DeleteConstraint: 'Cascade Restrict SetNull',
  DeploymentStatus: 'InDevelopment Deployed',
  DevicePlatformType: 'ios android',
  DeviceType: 'phone tablet minitablet',
  ElementType: 'Float Text',
  Encoding: 'UTF-8 ISO-8859-1 Shift_JIS ISO-2022-JP EUC-JP ks_c_5601-1987 Big5 GB2312 Big5-HKSCS x-SJIS_0213',
  EncryptedFieldMaskChar: 'asterisk X',
  EncryptedFieldMaskType: 'all creditCard ssn lastFour sin nino',
  EncryptionScheme:
    'None ProbabilisticEncryption CaseSensitiveDeterministicEncryption CaseInsensitiveDeterministicEncryption',
  ExternalCredentialParamType:
    'ExternalAuthIdentityProvider AuthProvider AuthProviderUrl AuthProviderUrlQueryParameter SigningCertificate AuthParameter NamedPrincipal PerUserPrincipal AwsStsPrincipal GlobalNamedPrincipal SystemUserPrincipal CustomPrincipal PrincipalIdentityAlias AuthHeader AuthProtocolVariant JwtBodyClaim JwtHeaderClaim CreatedByNamespace AdditionalRefreshStatusCode ManagedByFeature ManagedByComponent SfHttpRequestExtensionName',
  ExternalPrincipalType: 'Anonymous PerUser NamedUser NamedCustomPrincipal',
  ExtlClntAppDistState: 'Local Packaged Managed AutoInstalled',
  ExtlClntAppManagedType: 'Local Global',
  ExtlClntAppStartPage: 'None Custom OAuth SAML',
  FieldManageability: 'DeveloperControlled SubscriberControlled Locked',
  FieldType:
    'AutoNumber Lookup MasterDetail Checkbox Currency Date DateTime Email Number Percent Phone Picklist MultiselectPicklist Text TextArea LongTextArea Html Url EncryptedText Summary Hierarchy File MetadataRelationship Location ExternalLookup IndirectLookup CustomDataType Time Address Array Integer Long',
  FilterOperation:
    'equals notEqual lessThan greaterThan lessOrEqual greaterOrEqual contains notContain startsWith includes excludes within',
  FilterScope:
    'Everything Mine Queue Delegated MyTerritory MyTeamTerritory Team SalesTeam AssignedToMe MineAndMyGroups ScopingRule',
  ForecastCategories: 'Omitted Pipeline BestCase MostLikely Forecast Closed',
  FormFactor: 'Small Medium Large',
  Gender:
    'Neuter Masculine Feminine AnimateMasculine ClassI ClassIII ClassV ClassVII ClassIX ClassXI ClassXIV ClassXV ClassXVI ClassXVII ClassXVIII',
  InvalidMergeActionType: 'Drop Keep Override',
  JWTSessionTimeoutType: 'UserSession Custom',
  Language:
    'en_US de es fr it ja sv ko zh_TW zh_CN pt_BR nl_NL da th fi ru es_MX no hu pl cs tr in ro vi uk iw el bg en_GB ar sk pt_PT hr sl fr_CA ka sr sh en_AU en_MY en_IN en_PH en_CA ro_MD bs mk lv lt et sq sh_ME mt ga eu cy is cac quc cak ms tl lb rm hy hi ur bn de_AT de_CH ta ar_DZ ar_BH ar_EG ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SA ar_SD ar_SY ar_TN ar_AE ar_YE zh_SG zh_HK en_HK en_IE en_SG en_ZA fr_BE fr_LU fr_CH de_BE de_LU it_CH nl_BE es_AR es_BO es_CL es_CO es_CR es_DO es_EC es_SV es_GT es_HN es_NI es_PA es_PY es_PE es_PR es_US es_UY es_VE ca af sw zu xh te ml kn mr gu pa en_NZ mi my fa km am kk ht sm haw zh_MY ru_LT ru_PL ru_AM ru_KZ ru_KG ru_BY ru_MD ru_UA en_AE en_BE en_CY en_DE en_IL en_IT en_NL en_MT en_ES en_PL en_DK en_SE en_NO en_FR en_HU en_CZ en_SK en_RO en_CH en_AL en_AD en_AG en_AT en_BS en_BB en_BZ en_BA en_BG en_HR en_DM en_EE en_FI en_GI en_GR en_GD en_GY en_IS en_JM en_JP en_LV en_LI en_LT en_LU en_MC en_ME en_MK en_PT en_RS en_SI en_KR en_KN en_LC en_VC en_TW en_TH en_TT en_TR nl_SR fr_HT de_LI es_AD sv_FI pt_AO en_MU en_SA en_MX en_BR el_CY fr_MA kl ji hmn eo iw_EO eo_US',
  MappingAlertType: 'None Warning Error',
  MktDataModelFieldUsageTag: 'None KeyQualifier',
  MuleSoftControlPlane: 'None US EU',
  NamedCredentialParamType:
    'Url HttpHeader ClientCertificate Authentication OutboundNetworkConnection AllowedManagedPackageNamespaces CreatedByNamespace CustomParameter StandardNamedCredentialType ManagedByFeature ManagedByComponent ConnectionStatus SfHttpRequestExtensionName NamedCredentialOptions ManagedByNamespace',
  NamedCredentialType: 'Legacy SecuredEndpoint PrivateEndpoint Standard',
  PermissionSetTabVisibility: 'None Available Visible',
  PermittedUsersPolicyType: 'AllSelfAuthorized AdminApprovedPreAuthorized',
  PlatformCacheType: 'Session Organization',
  PlatformEventPublishBehavior: 'PublishAfterCommit PublishImmediately',
  PlatformEventType: 'HighVolume StandardVolume ExternalEvent',
  PolicyAction: 'Block RaiseSessionLevel StepUpMFA',
  RefreshTokenPolicyType: 'Infinite Zero SpecificLifetime SpecificInactivity',
  SamlEncryptionType: 'AES_128 AES_256 Triple_Des',
  SamlIdpSLOBinding: 'RedirectBinding PostBinding',
  SamlInitiationMethod: 'None IdpInitiated SpInitiated',
  SamlNameIdFormatType: 'Unspecified EmailAddress Persistent Transient',
  SamlSigningAlgoType: 'SHA1 SHA256',
  SamlSubjectType: 'Username FederationId UserId SpokeId CustomAttribute PersistentId',
  SessionSecurityLevel: 'LOW STANDARD HIGH_ASSURANCE',
  SetupObjectVisibility: 'PackageProtected Protected Public',
  SharingModel:
    'Private Read ReadSelect ReadWrite ReadWriteTransfer FullAccess ControlledByParent ControlledByLeadOrContact ControlledByCampaign',
  StartsWith: 'Consonant Vowel Special',
  SummaryOperations: 'count sum min max',
  Template: 'Page Tab Toc',
  TlsClientAuthCertParamType:
    'tls_client_auth_subject_dn tls_client_auth_san_dns tls_client_auth_san_uri tls_client_auth_san_ip tls_client_auth_san_email tls_client_auth_san_spiffe',
  TreatBlanksAs: 'BlankAsBlank BlankAsZero',
  UsageTag: 'NONE KEY_QUALIFIER',
  WebLinkAvailability: 'online offline',
  WebLinkDisplayType: 'link button massActionButton',
  WebLinkPosition: 'fullScreen none topLeft',
  WebLinkType: 'url sControl javascript page flow',
  WebLinkWindowType: 'newWindow sidebar noSidebar replace onClickJavaScript',
};
