using Microsoft.Extensions.Logging.Console;

namespace Bot.Host.Guard;

/// <summary>The path of a link is a permission, and a download is named after an initiative. The framework logs both, and puts paths into the scope of each line of ours.</summary>
internal static class KeepSecretsOutOfTheLog
{
    /// <summary>Where paths, names of files and addresses that are called are logged below the level of a warning.</summary>
    private static readonly string[] Talkers = ["Microsoft.AspNetCore", "System.Net.Http"];

    /// <summary>Whatever levels are configured, for one kind of log or for all.</summary>
    public static void KeepSecretsOut(this ILoggingBuilder logging)
    {
        logging.Services.PostConfigure<LoggerFilterOptions>(filters =>
        {
            var told = filters.Rules.Where(rule => rule.LogLevel < LogLevel.Warning && Talkers.Any(talker => rule.CategoryName?.StartsWith(talker, StringComparison.OrdinalIgnoreCase) == true)).ToList();
            foreach (var rule in told)
            {
                filters.Rules.Remove(rule);
            }

            // A rule of a kind of log comes before those of all, however short.
            foreach (var (kind, talker) in from kind in filters.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList() from talker in Talkers select (kind, talker))
            {
                filters.Rules.Add(new LoggerFilterRule(kind, talker, LogLevel.Warning, null));
            }
        });
        logging.Services.PostConfigure<SimpleConsoleFormatterOptions>(console => console.IncludeScopes = false);
        logging.Services.PostConfigure<JsonConsoleFormatterOptions>(console => console.IncludeScopes = false);
    }
}
