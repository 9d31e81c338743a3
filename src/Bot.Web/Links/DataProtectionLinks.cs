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
/// Links whose token is the permission: sealed with the product's key ring for one purpose, one loop, one person and one hour. The end is
/// inside the token and measured on the product's clock, which may be ahead of the machine's.
/// </summary>
public sealed class DataProtectionLinks(IDataProtectionProvider protection, TimeProvider clock, PublicAddress address) : ILinks
{
    private const string Family = "Afterpilot.Links";
    private const string ImportPurpose = "import";
    private const int TokenBytes = sizeof(long) + 16 + 16;

    public Uri Export(LoopId loop, PersonId by, string file) => Address($"exports/{Seal(ExportPurpose(file), new LoopLink(loop, by))}/{file}");

    public Uri Import(LoopId loop, PersonId by) => Address($"imports/{Seal(ImportPurpose, new LoopLink(loop, by))}");

    public Uri Evidence(InitiativeId initiative) => Address($"evidence/{initiative}");

    /// <summary>Null for a token that was changed, made for something else, or has ended.</summary>
    public LoopLink? ReadExport(string token, string file) => Open(ExportPurpose(file), token);

    public LoopLink? ReadImport(string token) => Open(ImportPurpose, token);

    private static string ExportPurpose(string file) => "export " + file;

    private Uri Address(string path) => new(address.Url, path);

    private string Seal(string purpose, LoopLink link)
    {
        var bytes = new byte[TokenBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (clock.GetUtcNow() + LoopLink.Lifetime).ToUnixTimeSeconds());
        link.Loop.Value.TryWriteBytes(bytes.AsSpan(sizeof(long)));
        link.By.Value.TryWriteBytes(bytes.AsSpan(sizeof(long) + 16));
        return Base64Url.EncodeToString(protection.CreateProtector(Family, purpose).Protect(bytes));
    }

    private LoopLink? Open(string purpose, string token)
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

        return bytes.Length == TokenBytes && BinaryPrimitives.ReadInt64BigEndian(bytes) > clock.GetUtcNow().ToUnixTimeSeconds()
            ? new LoopLink(new LoopId(new Guid(bytes.AsSpan(sizeof(long), 16))), new PersonId(new Guid(bytes.AsSpan(sizeof(long) + 16))))
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
