namespace Bot.Slack.Blocks;

/// <summary>A button's <c>action_id</c>: the verb of its card, and a number that makes it unique in its message. The button's <c>value</c> is the key.</summary>
public static class ActionId
{
    private const char Mark = '~';

    public static string Of(string verb, int number) => $"{verb}{Mark}{number}";

    public static string VerbOf(string actionId) => actionId.LastIndexOf(Mark) is > 0 and var at ? actionId[..at] : actionId;
}
