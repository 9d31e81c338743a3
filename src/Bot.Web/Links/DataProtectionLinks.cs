using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Microsoft.AspNetCore.DataProtection;

namespace Bot.Web.Links;

/// <summary>
/// Links whose token is the permission: sealed with the product's key ring for one purpose, two ids (a loop and a person, or a workspace and
/// an initiative) and some time. The end is inside the token and measured on the product's clock, which may be ahead of the machine's.
/// </summary>
public sealed class DataProtectionLinks(IDataProtectionProvider protection, TimeProvider clock, PublicAddress address) : ILinks
{
    private const string Family = "Afterpilot.Links";
    private const string ImportPurpose = "import";
    private const string ReportPurpose = "report";
    private const int TokenBytes = sizeof(long) + 16 + 16;

    public Uri Export(LoopId loop, PersonId by, string file) => Address($"exports/{Seal(ExportPurpose(file), loop.Value, by.Value, LoopLink.Lifetime)}/{file}");

    public Uri Import(LoopId loop, PersonId by) => Address($"imports/{Seal(ImportPurpose, loop.Value, by.Value, LoopLink.Lifetime)}");

    public Uri Report(WorkspaceId workspace, InitiativeId initiative) =>
        Address($"reports/{Seal(ReportPurpose, workspace.Value, initiative.Value, ReportLink.Lifetime)}");

    public Uri Evidence(InitiativeId initiative) => Address($"evidence/{initiative}");

    /// <summary>Null for a token that was changed, made for something else, or has ended.</summary>
    public LoopLink? ReadExport(string token, string file) => ReadLoop(ExportPurpose(file), token);

    public LoopLink? ReadImport(string token) => ReadLoop(ImportPurpose, token);

    public ReportLink? ReadReport(string token) =>
        Open(ReportPurpose, token) is { } it ? new ReportLink(new WorkspaceId(it.One), new InitiativeId(it.Other), it.Until) : null;

    private static string ExportPurpose(string file) => "export " + file;

    private LoopLink? ReadLoop(string purpose, string token) => Open(purpose, token) is { } it ? new LoopLink(new LoopId(it.One), new PersonId(it.Other)) : null;

    private Uri Address(string path) => new(address.Url, path);

    private string Seal(string purpose, Guid one, Guid other, TimeSpan lifetime)
    {
        var bytes = new byte[TokenBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (clock.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        one.TryWriteBytes(bytes.AsSpan(sizeof(long)));
        other.TryWriteBytes(bytes.AsSpan(sizeof(long) + 16));
        return Base64Url.EncodeToString(protection.CreateProtector(Family, purpose).Protect(bytes));
    }

    private (Guid One, Guid Other, DateTimeOffset Until)? Open(string purpose, string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = protection.CreateProtector(Family, purpose).Unprotect(Base64Url.DecodeFromChars(token));
        }
        catch (CryptographicException)
        {
            return null;
        }

        return bytes.Length == TokenBytes && BinaryPrimitives.ReadInt64BigEndian(bytes) is var until && until > clock.GetUtcNow().ToUnixTimeSeconds()
            ? (new Guid(bytes.AsSpan(sizeof(long), 16)), new Guid(bytes.AsSpan(sizeof(long) + 16)), DateTimeOffset.FromUnixTimeSeconds(until))
            : null;
    }
}

/// <summary>Where people reach this host.</summary>
public sealed record PublicAddress
{
    public PublicAddress(Uri url) => Url = url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");

    /// <summary>Ends with a slash, so that a path of its own is kept.</summary>
    public Uri Url { get; }
}
