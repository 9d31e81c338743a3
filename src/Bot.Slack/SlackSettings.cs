using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Bot.Slack;

/// <summary>What an operator set for Slack, checked for halves.</summary>
public static class SlackSettings
{
    private const string Section = "Slack";

    public static IReadOnlyList<string> Keys { get; } =
        ["Slack:SigningSecret", "Slack:BotToken", "Slack:ClientId", "Slack:ClientSecret", "Slack:AppToken", "Slack:ApiUrl", "Slack:Charts", "Slack:Connections"];

    /// <summary>Why the host must not start with this; empty when Slack is not set at all.</summary>
    public static IEnumerable<string> Refusals(IConfiguration configuration)
    {
        var slack = configuration.GetSection(Section);
        if (!IsSetAtAll(slack))
        {
            yield break;
        }

        foreach (var (has, lacks) in new[] { ("ClientId", "ClientSecret"), ("ClientSecret", "ClientId") })
        {
            if (IsSet(has) && !IsSet(lacks))
            {
                yield return $"Slack__{has} is set without Slack__{lacks}: set Slack__{lacks}, or remove Slack__{has}.";
            }
        }

        if (!IsSet("SigningSecret") && !IsSet("AppToken"))
        {
            yield return "Slack is set without Slack__SigningSecret: without it nothing that arrives can be verified. Copy it from the app's Basic Information page, or set Slack__AppToken to use Socket Mode.";
        }

        if (!IsSet("BotToken") && !IsSet("ClientId"))
        {
            yield return "Slack is set without a way to speak: set Slack__BotToken for one workspace, or Slack__ClientId and Slack__ClientSecret for many.";
        }

        if (IsSet("BotToken") && IsSet("ClientId"))
        {
            yield return "Slack__BotToken and Slack__ClientId are both set: remove Slack__ClientId and Slack__ClientSecret for one workspace, or Slack__BotToken for many.";
        }

        if (IsSet("BotToken") && !slack["BotToken"]!.StartsWith("xoxb-", StringComparison.Ordinal) && !slack["BotToken"]!.StartsWith("xoxe.xoxb-", StringComparison.Ordinal))
        {
            yield return "Slack__BotToken is not a bot token: it begins with xoxb-. Copy it from the app's Install App page.";
        }

        if (IsSet("AppToken") && !slack["AppToken"]!.StartsWith("xapp-", StringComparison.Ordinal))
        {
            yield return "Slack__AppToken is not an app-level token: it begins with xapp-. Generate one with the scope connections:write on the app's Basic Information page.";
        }

        if (IsSet("ApiUrl") && Api(slack["ApiUrl"]!) is null)
        {
            yield return "Slack__ApiUrl is not an https address, or http on this machine: leave it unset for the real one.";
        }

        if (IsSet("Charts") && !bool.TryParse(slack["Charts"], out _))
        {
            yield return "Slack__Charts is neither true nor false.";
        }

        if (IsSet("Connections") && !(int.TryParse(slack["Connections"], NumberStyles.None, CultureInfo.InvariantCulture, out var connections) && connections is >= 1 and <= 10))
        {
            yield return "Slack__Connections is not a whole number from 1 to 10.";
        }

        bool IsSet(string key) => !string.IsNullOrWhiteSpace(slack[key]);
    }

    /// <summary>Null when Slack is not set. Ask for <see cref="Refusals"/> first.</summary>
    public static SlackOptions? Read(IConfiguration configuration, Uri publicUrl)
    {
        var slack = configuration.GetSection(Section);
        return !IsSetAtAll(slack) ? null : new SlackOptions
        {
            SigningSecret = Value("SigningSecret"),
            BotToken = Value("BotToken"),
            ClientId = Value("ClientId"),
            ClientSecret = Value("ClientSecret"),
            AppToken = Value("AppToken"),
            ApiUrl = Value("ApiUrl") is { } api ? Api(api)! : new Uri(SlackOptions.RealApi),
            PublicUrl = publicUrl,
            Charts = Value("Charts") is { } charts && bool.Parse(charts),
            Connections = Value("Connections") is { } connections ? int.Parse(connections, CultureInfo.InvariantCulture) : 1,
        };

        string? Value(string key) => string.IsNullOrWhiteSpace(slack[key]) ? null : slack[key]!.Trim();
    }

    private static bool IsSetAtAll(IConfigurationSection slack) => slack.GetChildren().Any(key => !string.IsNullOrWhiteSpace(key.Value));

    private static Uri? Api(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var api) && (api.Scheme == "https" || (api.Scheme == "http" && api.IsLoopback)) ? api : null;
}
