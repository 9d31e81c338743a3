namespace Bot.Host.Guard;

/// <summary>What a stranger may take of this host.</summary>
public sealed record DoorLimits
{
    /// <summary>Requests that one source may make at once, to everything that does not verify who asks.</summary>
    public int Burst { get; init; } = 600;

    /// <summary>How many of them come back each second.</summary>
    public int PerSecond { get; init; } = 20;

    /// <summary>Requests a minute that are not verified and are told so; the next are told to wait.</summary>
    public int UnverifiedPerMinute { get; init; } = 60;

    /// <summary>From the first byte of a request to the last of its headers.</summary>
    public TimeSpan Headers { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the headers to the answer, the body included. Uploads have longer, and the playground.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of a body; a door may take less, and the upload takes more.</summary>
    public long Body { get; init; } = 1024 * 1024;
}
