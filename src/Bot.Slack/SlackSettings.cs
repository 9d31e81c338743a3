using Microsoft.Extensions.Configuration;

namespace Bot.Slack;

/// <summary>What an operator set for Slack, checked for halves.</summary>
public static class SlackSettings
{
    private const string Section = "Slack";

    /// <summary>Why the host must not start with this; empty when Slack is not set at all.</summary>
    public static IEnumerable<string> Refusals(IConfiguration configuration)
    {
        var slack = configuration.GetSection(Section);
        if (!slack.GetChildren().Any(key => !string.IsNullOrWhiteSpace(key.Value)))
        {
            yield break;
        }

        foreach (var (has, lacks) in new[] { ("ClientId", "ClientSecret"), ("ClientSecret", "ClientId"), ("AppToken", "BotToken") })
        {
            if (IsSet(has) && !IsSet(lacks) && !(has == "AppToken" && IsSet("ClientId")))
            {
                yield return $"Slack__{has} is set without Slack__{lacks}: set Slack__{lacks}, or remove Slack__{has}.";
            }
        }

        if (!IsSet("SigningSecret") && !IsSet("AppToken"))
        {
            yield return "Slack is set without Slack__SigningSecret: without it nothing that arrives can be verified. Copy it from the app's Basic Information page.";
        }

        if (!IsSet("BotToken") && !IsSet("ClientId"))
        {
            yield return "Slack is set without a way to speak: set Slack__BotToken for one workspace, or Slack__ClientId and Slack__ClientSecret for many.";
        }

        yield return "This build has no Slack adapter yet: remove every Slack__ key to start.";

        bool IsSet(string key) => !string.IsNullOrWhiteSpace(slack[key]);
    }
}
