namespace Bot.Slack.Api;

/// <summary>How a Web API method takes its arguments.</summary>
public enum SlackEncoding
{
    Json,
    Form,
    Query,
}

/// <summary>One method of the Web API, as its reference page describes it.</summary>
/// <param name="PerMinute">The calls a minute that its tier promises.</param>
public sealed record SlackMethod(string Name, SlackEncoding Encoding, int PerMinute)
{
    public override string ToString() => Name;
}
