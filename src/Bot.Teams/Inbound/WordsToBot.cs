using System.Text.Json;
using Bot.Chat;

namespace Bot.Teams.Inbound;

/// <summary>What people typed to the bot, without the marks Teams puts into it ("Channel and group chat conversations with a bot").</summary>
internal static class WordsToBot
{
    /// <summary>More mentions than these nobody makes in a command; they stay as they are.</summary>
    private const int MostMentions = 50;
    private static readonly string[] Habits = ["/pilot", "@Afterpilot"];

    /// <summary>Without the mention of the bot; other people stand there by their names.</summary>
    public static string Of(Activity activity)
    {
        var text = activity.Json.Text("text") ?? "";
        foreach (var mention in activity.Json.Each("entities").Where(e => e.Text("type") == "mention").Take(MostMentions))
        {
            var name = mention.Text("mentioned", "name");
            var said = mention.Text("text") ?? $"<at>{name}</at>";
            if (text.IndexOf(said, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            {
                text = string.Concat(text.AsSpan(0, at), mention.Text("mentioned", "id") == activity.BotId ? "" : "@" + name, text.AsSpan(at + said.Length));
            }
        }

        text = text.Replace("&nbsp;", " ", StringComparison.Ordinal).Replace('\u00a0', ' ').Trim();
        // What somebody may be used to type elsewhere, and the bot's name typed without Teams making a mention of it.
        return Habits.FirstOrDefault(habit => text.StartsWith(habit, StringComparison.OrdinalIgnoreCase) && (text.Length == habit.Length || char.IsWhiteSpace(text[habit.Length]))) is { } typed
            ? text[typed.Length..].TrimStart()
            : text;
    }
}
