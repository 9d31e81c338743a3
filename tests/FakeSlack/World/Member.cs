using System.Text.Json.Nodes;
using NodaTime;

namespace FakeSlack.World;

/// <summary>A user of a workspace, a person or a bot, as users.info shows them.</summary>
public sealed class Member(string id, string name)
{
    public string Id { get; } = id;

    /// <summary>The short name, as in <c>user_name</c> of a slash command.</summary>
    public string Name { get; set; } = name;

    public string? RealName { get; set; }

    /// <summary>An IANA name.</summary>
    public string TimeZone { get; set; } = "Europe/Berlin";

    public string Locale { get; set; } = "en-US";

    /// <summary>Shown to whoever has the scope users:read.email.</summary>
    public string? Email { get; set; }

    public bool IsAdmin { get; set; }

    public bool IsOwner { get; set; }

    /// <summary>Deactivated: Slack calls it deleted.</summary>
    public bool IsDeactivated { get; set; }

    public bool IsBot { get; init; }

    internal JsonObject Show(string teamId, bool withLocale, bool withEmail, DateTimeOffset now)
    {
        var user = new JsonObject
        {
            ["id"] = Id,
            ["team_id"] = teamId,
            ["name"] = Name,
            ["deleted"] = IsDeactivated,
            ["profile"] = new JsonObject { ["real_name"] = RealName ?? Name, ["display_name"] = Name, ["team"] = teamId },
            ["is_bot"] = IsBot,
            ["is_app_user"] = false,
            ["updated"] = now.ToUnixTimeSeconds(),
        };
        // Of people who left, Slack shows neither name, zone nor rank beside the profile.
        if (IsDeactivated)
        {
            return user;
        }

        var zone = DateTimeZoneProviders.Tzdb[TimeZone];
        if (withEmail && !IsBot && Email is not null)
        {
            user["profile"]!["email"] = Email;
        }

        user["real_name"] = RealName ?? Name;
        user["tz"] = TimeZone;
        user["tz_label"] = zone.GetZoneInterval(Instant.FromDateTimeOffset(now)).Name;
        user["tz_offset"] = zone.GetUtcOffset(Instant.FromDateTimeOffset(now)).Seconds;
        user["is_admin"] = IsAdmin || IsOwner;
        user["is_owner"] = IsOwner;
        user["is_primary_owner"] = false;
        user["is_restricted"] = false;
        user["is_ultra_restricted"] = false;
        if (withLocale)
        {
            user["locale"] = Locale;
        }

        return user;
    }
}
