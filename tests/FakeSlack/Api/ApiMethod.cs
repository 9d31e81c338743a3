namespace FakeSlack.Api;

/// <summary>Which token a method asks for.</summary>
internal enum TokenKind
{
    Bot,

    /// <summary>App-level, begins with xapp-.</summary>
    App,
    None,
}

/// <summary>One method as its reference page describes it.</summary>
/// <param name="TakesJson">False: a JSON body is not read, its arguments are unseen.</param>
/// <param name="TakesGet">Read methods are called by GET; a form is taken as well.</param>
/// <param name="Scope">Null where none is needed, or where it depends on the conversation.</param>
/// <param name="PerMinute">Of its tier.</param>
/// <param name="Arguments">Each a name and, after a colon, <c>flag</c>, <c>number</c> or <c>json</c>; with ! it is required.</param>
internal sealed record ApiMethod(string Name, bool TakesJson, bool TakesGet, TokenKind Token, string? Scope, int PerMinute, string[] Arguments, Func<ApiCall, ApiAnswer> Do);
