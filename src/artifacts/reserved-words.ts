/** Words that the Apex compiler keeps for itself (Apex Developer Guide: "Reserved Keywords"). Compared without case. */
const keywords = `abstract activate and any array as asc autonomous begin bigdecimal blob boolean break bulk by byte case
  cast catch char class collect commit const continue currency date datetime decimal default delete desc do double else
  end enum exception exit export extends false final finally float for from global goto group having hint if implements
  import in inner insert instanceof int integer interface into join like limit list long loop map merge new not null nulls
  number object of on or outer override package parallel pragma private protected public retrieve return rollback select
  set short sobject sort static string super switch synchronized system testmethod then this throw time transaction
  trigger true try undelete update upsert using virtual void webservice when where while`;

/** Types that the generated code uses: a class of the same name would hide them from it, or be hidden by them. */
const typesInUse = `assert auth calloutexception exchangestub http httpcalloutmock httprequest httpresponse
  illegalargumentexception istest json jsonexception platformexchange servermock stubexception suppresswarnings test
  testvisible tokenexception tokenexchange`;

/** Variables beside which the generated code calls the class by its name: in Apex, a variable hides a class. */
const variablesInUse = `answer audience authorization body calls certificatename claims consumerkey expected first outcome problem report
  request resources response second server status stub told user userinfostatus username`;

const words = new Set(`${keywords} ${typesInUse} ${variablesInUse}`.split(/\s+/));

/** True for a name that no Apex class can have, or that would break the classes we generate. */
export function isReservedInApex(name: string): boolean {
  return words.has(name.toLowerCase());
}
