namespace Bot.Slack;

/// <summary>What an operator set for Slack, parsed; <see cref="SlackSettings"/> has refused what cannot run.</summary>
public sealed record SlackOptions
{
    public const string RealApi = "https://slack.com/api/";

    /// <summary>Null only where everything arrives by Socket Mode.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>The token of the one workspace; null where workspaces install the app themselves.</summary>
    public string? BotToken { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>Set switches Socket Mode on: nothing arrives over HTTP then.</summary>
    public string? AppToken { get; init; }

    /// <summary>Ends with a slash; method names are appended.</summary>
    public Uri ApiUrl { get; init; } = new(RealApi);

    /// <summary>Where people reach this host; the redirect address of an installation begins with it.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:5080");

    /// <summary>Charts as Slack's own chart block; older clients may not show it. The numbers are in the text either way.</summary>
    public bool Charts { get; init; }

    /// <summary>How many sockets are open at once in Socket Mode, 1 to 10: each payload goes to one of them.</summary>
    public int Connections { get; init; } = 1;
}
