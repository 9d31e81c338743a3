namespace Bot.Slack.Api;

/// <summary>What lets us speak in a workspace. Never part of a log line or message.</summary>
public readonly record struct SlackToken(string Value)
{
    public override string ToString() => "(token)";
}
