using Bot.Chat;
using Bot.Loops;

namespace Bot.Ties;

/// <summary>Two loops in two workspaces follow the same initiative, and an admin of each has said so. It is gone from the store once it ends.</summary>
public sealed class Tie
{
    public required TieId Id { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>256 random bits: what fingerprints of this tie are made with, so that those of two ties have nothing in common.</summary>
    public required byte[] Key { get; init; }
}

/// <summary>One of the two loops of a tie. A loop is in one at most.</summary>
public sealed class TieSide
{
    public required LoopId LoopId { get; init; }
    public required TieId TieId { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>The admin of this workspace who agreed.</summary>
    public required PersonId By { get; init; }
}

/// <summary>An admin's offer to tie a loop, open for an hour to whoever administers another workspace and has its code. A loop has one at most.</summary>
public sealed class TieOffer
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public required LoopId LoopId { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required PersonId By { get; set; }

    /// <summary>SHA-256 of the code, in hexadecimal; the code itself is shown once and never kept.</summary>
    public required string Hash { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>By what a participant of a tied loop is recognised on the other side, as long as the tie lasts.</summary>
public sealed class Fingerprint
{
    public required TieId TieId { get; init; }
    public required PersonId PersonId { get; init; }
    public required LoopId LoopId { get; init; }

    /// <summary>Of their e-mail address, see <see cref="EmailAddress.Fingerprint"/>; null where they had it deleted, and it is not made again.</summary>
    public string? Hash { get; set; }
}

/// <summary>How many wrong codes somebody has tried within an hour.</summary>
public sealed class WrongCodes
{
    public static readonly TimeSpan Within = TimeSpan.FromHours(1);
    public const int Most = 5;

    public required PersonId PersonId { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required DateTimeOffset Since { get; set; }

    /// <summary>Checked when saved, so that tries at once are counted one by one.</summary>
    public int Count { get; set; }
}

public readonly record struct TieId(Guid Value) : IId<TieId>
{
    public static TieId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}
