namespace FakeSlack.Rules;

/// <summary>Why Slack would refuse some blocks or a view.</summary>
/// <param name="Code">The kind of fault: "too_long", "missing", "not_unique" and so on.</param>
/// <param name="Pointer">A JSON pointer, empty for the whole.</param>
/// <param name="Message">For people.</param>
public sealed record Fault(string Code, string Pointer, string Message)
{
    public override string ToString() => $"{Message} [json-pointer:{Pointer}]";
}
