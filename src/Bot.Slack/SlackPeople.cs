using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Install;

namespace Bot.Slack;

/// <summary>What Slack knows of its users, asked one by one and remembered for an hour.</summary>
public sealed class SlackPeople(SlackApi api, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<(string Team, string User), (DateTimeOffset At, ChatPerson? Person)> _known = new();

    /// <summary>Null for bots, for those who left, and where Slack knows nobody of that id.</summary>
    /// <exception cref="PlatformUnreachableException">It cannot be read now.</exception>
    public async Task<ChatPerson?> FindAsync(Installed installed, string team, string user, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue((team, user), out var known) && now - known.At < Fresh)
        {
            return known.Person;
        }

        var person = await api.CallAsync(SlackMethods.UserInfo, installed.Token, team, new JsonObject { ["user"] = user, ["include_locale"] = true }, ct) switch
        {
            SlackResult.Ok ok => Read(ok.Body["user"]!.AsObject()),
            SlackResult.Failed { Error: "user_not_found" or "user_not_visible" } => null,
            SlackResult.Failed failed => throw new PlatformUnreachableException($"users.info: {failed.Error}"),
            var late => throw new PlatformUnreachableException($"users.info: {late.GetType().Name}"),
        };
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[(team, user)] = (now, person);
        return person;
    }

    /// <summary>As <see cref="FindAsync"/>, but no longer than somebody who waits for an answer can spare: then only the id is known.</summary>
    public async Task<ChatPerson> NameAsync(Installed installed, string team, string user, CancellationToken ct)
    {
        try
        {
            return await FindAsync(installed, team, user, ct).WaitAsync(LongestPause, clock, ct) ?? new ChatPerson(user);
        }
        catch (Exception late) when (late is PlatformUnreachableException or TimeoutException)
        {
            return new ChatPerson(user);
        }
    }

    private static ChatPerson? Read(JsonObject user)
    {
        if (IsOn("deleted") || IsOn("is_bot") || (string?)user["id"] == "USLACKBOT")
        {
            return null;
        }

        var profile = user["profile"] as JsonObject;
        var name = new[] { profile?["display_name"], profile?["real_name"], user["real_name"], user["name"] }.Select(n => (string?)n).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n));
        return new ChatPerson((string)user["id"]!, name, (string?)user["tz"], IsOn("is_admin") || IsOn("is_owner"));

        bool IsOn(string field) => user[field] is JsonValue value && value.TryGetValue<bool>(out var on) && on;
    }
}
