using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Inbound;
using Bot.Slack.Install;

namespace Bot.Slack;

/// <summary>What Slack knows of its users, remembered for an hour.</summary>
public sealed class SlackPeople(SlackApi api, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private const int Most = 50_000;
    private const int PageSize = 200;

    /// <summary>More than these are not asked for one by one: users.info answers a hundred a minute.</summary>
    private const int OneByOne = 50;
    private readonly ConcurrentDictionary<(string Team, string User), (DateTimeOffset At, ChatPerson? Person)> _known = new();

    /// <summary>Null for bots, for those who left, and where Slack knows nobody of that id.</summary>
    /// <exception cref="PlatformUnreachableException">It cannot be read now.</exception>
    public async Task<ChatPerson?> FindAsync(Installed installed, string team, string user, CancellationToken ct)
    {
        if (IsKnown(team, user, out var known))
        {
            return known;
        }

        return await api.CallAsync(SlackMethods.UserInfo, installed.Token, team, new JsonObject { ["user"] = user, ["include_locale"] = true }, ct) switch
        {
            SlackResult.Ok ok when ok.Body.Object("user") is { } found => Note(team, user, Read(found, user, team)),
            SlackResult.Failed { Error: "user_not_found" or "user_not_visible" } => Note(team, user, null),
            SlackResult.Failed failed => throw new PlatformUnreachableException($"users.info: {failed.Error}"),
            var late => throw new PlatformUnreachableException($"users.info: {late.GetType().Name}"),
        };
    }

    /// <summary>All of them but bots and those who left. Many are read from the list of the whole workspace, which is few calls.</summary>
    /// <exception cref="PlatformUnreachableException">They cannot be read now.</exception>
    public async Task<IReadOnlyList<ChatPerson>> FindAllAsync(Installed installed, string team, IReadOnlyCollection<string> users, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (users.Count(user => !_known.TryGetValue((team, user), out var known) || now - known.At >= Fresh) > OneByOne)
        {
            await foreach (var page in api.PagesAsync(SlackMethods.UserList, installed.Token, team, new JsonObject { ["limit"] = PageSize, ["team_id"] = team, ["include_locale"] = true }, ct))
            {
                foreach (var listed in (page.Array("members") ?? []).OfType<JsonObject>())
                {
                    if (listed.Text("id") is { } id)
                    {
                        Note(team, id, Read(listed, id, team));
                    }
                }
            }
        }

        var found = new List<ChatPerson>();
        foreach (var user in users)
        {
            if (await FindAsync(installed, team, user, ct) is { } person)
            {
                found.Add(person);
            }
        }

        return found;
    }

    /// <summary>As <see cref="FindAsync"/>, but no longer than somebody who waits for an answer can spare: then only the id is known.</summary>
    public async Task<ChatPerson> NameAsync(Installed installed, string team, string user, CancellationToken ct)
    {
        // When a crowd comes at once its hundred a minute are spent. To wait for a turn would keep everybody waiting, and still name nobody.
        if (!IsKnown(team, user, out _) && !api.IsFree(SlackMethods.UserInfo, team))
        {
            return new ChatPerson(user);
        }

        try
        {
            return await FindAsync(installed, team, user, ct).WaitAsync(LongestPause, clock, ct) ?? new ChatPerson(user);
        }
        catch (Exception late) when (late is PlatformUnreachableException or TimeoutException)
        {
            return new ChatPerson(user);
        }
    }

    private bool IsKnown(string team, string user, out ChatPerson? person)
    {
        var isKnown = _known.TryGetValue((team, user), out var known) && clock.GetUtcNow() - known.At < Fresh;
        person = isKnown ? known.Person : null;
        return isKnown;
    }

    private ChatPerson? Note(string team, string user, ChatPerson? person)
    {
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[(team, user)] = (clock.GetUtcNow(), person);
        return person;
    }

    internal static ChatPerson? Read(JsonObject user, string id, string team)
    {
        if (user.IsOn("deleted") || user.IsOn("is_bot") || id == "USLACKBOT")
        {
            return null;
        }

        var name = new[] { user.Text("profile", "display_name"), user.Text("profile", "real_name"), user.Text("real_name"), user.Text("name") }.FirstOrDefault(n => !string.IsNullOrWhiteSpace(n));
        // Somebody from another company, in a channel that is shared, may administer their own workspace, and not this one.
        var isOfTeam = !user.IsOn("is_stranger")
            && (user.Text("team_id") is not { } home || home == team || user.Array("enterprise_user", "teams")?.Any(of => of.Text() == team) == true);
        return new ChatPerson(id, name, user.Text("tz"), isOfTeam && (user.IsOn("is_admin") || user.IsOn("is_owner")), EmailAddress.Read(user.Text("profile", "email")));
    }
}
